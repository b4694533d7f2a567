package dev.closewait.diagnosis;

import dev.closewait.diagnosis.bytecode.ClassFiles;
import dev.closewait.library.ClientLibraries;

/**
 * How code is told apart by its frames, and read.
 *
 * @param clients the libraries that connect for the application
 */
public record KnownCode(
    ApplicationFrames application, ClientLibraries clients, ClassFiles classFiles) {}
