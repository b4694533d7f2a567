/**
 * What the hooks have recorded, copied into immutable snapshots; the scanner thread calls it,
 * application threads never do.
 */
@NullMarked
package dev.closewait.connection;

import org.jspecify.annotations.NullMarked;
