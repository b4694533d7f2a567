package dev.closewait.diagnosis;

import dev.closewait.library.ClientLibraries;

/**
 * How code is told apart by its frames.
 *
 * @param clients the libraries that connect for the application
 */
public record KnownCode(ApplicationFrames application, ClientLibraries clients) {}
