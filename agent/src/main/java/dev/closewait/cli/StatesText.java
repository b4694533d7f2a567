package dev.closewait.cli;

import dev.closewait.kernel.Census;
import dev.closewait.kernel.DescriptorUsage;
import dev.closewait.kernel.ProcessStates;
import dev.closewait.kernel.TcpState;
import dev.closewait.report.text.Phrases;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Socket counts as a person reads them: what is stuck first, then everything else. */
final class StatesText {
  private static final int WIDTH = 110;
  private static final String GAP = "   ";
  private static final int MOST_REMOTES = 10;

  /** Those that people ask for; the others follow as the kernel numbers them. */
  private static final List<TcpState> FIRST =
      List.of(TcpState.CLOSE_WAIT, TcpState.ESTABLISHED, TcpState.TIME_WAIT, TcpState.LISTEN);

  private StatesText() {}

  /** Whole lines. */
  static String of(ProcessStates states) {
    StringBuilder text = new StringBuilder();
    List<String> counts = counts(states.census());
    counts.add(descriptors(states.descriptors()));
    wrap(text, counts);
    if (!states.closeWaitByRemote().isEmpty()) {
      wrap(text, remotes(states.closeWaitByRemote()));
    }
    for (String missing : states.missing()) {
      text.append("missing: ").append(missing).append('\n');
    }
    return text.toString();
  }

  private static List<String> counts(Census census) {
    Set<TcpState> present = census.counts().keySet();
    Set<TcpState> order = new LinkedHashSet<>(FIRST);
    order.retainAll(present);
    order.addAll(present);
    List<String> counts = new ArrayList<>();
    if (!present.contains(TcpState.CLOSE_WAIT)) {
      counts.add(TcpState.CLOSE_WAIT.reportName() + " 0");
    }
    for (TcpState state : order) {
      counts.add(count(state, census));
    }
    return counts;
  }

  private static String count(TcpState state, Census census) {
    int owned = census.owned().getOrDefault(state, 0);
    int byPort = census.byLocalPort().getOrDefault(state, 0);
    String sum = state.reportName() + " " + Phrases.number((long) owned + byPort);
    if (byPort == 0) {
      return sum;
    }
    String part = owned == 0 ? "" : Phrases.number(byPort) + " ";
    return sum + " (" + part + (mayBeAccepted(state) ? "not accepted, " : "") + "by port)";
  }

  /** In these states a connection that no descriptor holds can only be in an accept queue. */
  private static boolean mayBeAccepted(TcpState state) {
    return state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT;
  }

  private static String descriptors(DescriptorUsage usage) {
    String open = usage.open().isPresent() ? Phrases.number(usage.open().getAsInt()) : "?";
    return "descriptors "
        + open
        + (usage.limit().isPresent() ? " of " + Phrases.number(usage.limit().getAsLong()) : "");
  }

  private static List<String> remotes(Map<InetAddress, Integer> byRemote) {
    List<String> items = new ArrayList<>();
    items.add("CLOSE_WAIT by remote");
    for (Map.Entry<InetAddress, Integer> entry : byRemote.entrySet()) {
      if (items.size() > MOST_REMOTES) {
        items.add("and " + Phrases.number(byRemote.size() - MOST_REMOTES) + " more");
        return items;
      }
      items.add(entry.getKey().getHostAddress() + " " + Phrases.number(entry.getValue()));
    }
    return items;
  }

  private static void wrap(StringBuilder text, List<String> items) {
    int column = 0;
    for (String item : items) {
      boolean fits = column + GAP.length() + item.length() <= WIDTH;
      if (column > 0 && !fits) {
        text.append('\n');
        column = 0;
      }
      text.append(column > 0 || !fits ? GAP : "").append(item);
      column += GAP.length() + item.length();
    }
    text.append('\n');
  }
}
