package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.bytecode.MethodStarts;
import java.util.ArrayList;
import java.util.List;

/**
 * The handlers of a pipeline that can have kept an event for themselves: they are on no stack, so
 * the method that did it is named with its first line.
 */
final class BlamedHandlers {
  private static final String CONTEXT = "/ChannelHandlerContext;";

  private final ApplicationFrames application;
  private final MethodStarts starts;

  BlamedHandlers(ApplicationFrames application, MethodStarts starts) {
    this.application = application;
    this.starts = starts;
  }

  /** Those of the application that override this method, else all that do. */
  List<PipelineEntry> overriding(List<PipelineEntry> pipeline, String method) {
    List<PipelineEntry> own = ofApplication(pipeline, method);
    List<PipelineEntry> all = new ArrayList<>(pipeline);
    all.removeIf(handler -> !handler.isOverriding(method));
    return own.isEmpty() ? all : own;
  }

  List<PipelineEntry> ofApplication(List<PipelineEntry> pipeline, String method) {
    List<PipelineEntry> own = new ArrayList<>(pipeline);
    own.removeIf(handler -> !isOfApplication(handler, method));
    return own;
  }

  /** The method of a handler as a stack of one frame; empty when the class is not known. */
  List<StackTraceElement> start(PipelineEntry handler, String method) {
    String declaring = handler.declaring(method);
    return declaring == null ? List.of() : List.of(starts.frame(declaring, method, CONTEXT));
  }

  private boolean isOfApplication(PipelineEntry handler, String method) {
    String declaring = handler.declaring(method);
    return declaring != null
        && application.innermost(List.of(new StackTraceElement(declaring, method, null, -1)))
            != null;
  }
}
