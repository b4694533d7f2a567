package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the lines at which a way through a method turns from one that closes to one that does not.
 */
final class SkipSearch {
  private final MethodCode code;
  private final Flow path;
  private final BitSet closes;
  private final BitSet afterClose;

  /** From where a close is still ahead as long as nothing throws. */
  private final BitSet closing;

  /** Of these, the instructions in the line of a close that lead to it, and the close itself. */
  private final BitSet atClose;

  private final Set<Integer> throwing = new TreeSet<>();
  private final Set<Integer> swallowing = new TreeSet<>();
  private final Set<Integer> returning = new TreeSet<>();
  private final Set<Integer> branching = new TreeSet<>();
  private boolean turning;

  /**
   * @param whole the flow of the whole method
   * @param path from the place in question to the closes
   */
  SkipSearch(MethodCode code, Flow whole, Flow path, BitSet closes) {
    this.code = code;
    this.path = path;
    this.closes = closes;
    this.afterClose = after(whole, closes);
    this.closing = closing(path);
    this.atClose = atClose();
  }

  private static BitSet after(Flow whole, BitSet closes) {
    BitSet after = new BitSet();
    BitSet pending = new BitSet();
    closes.stream().forEach(close -> pending.or(whole.normal(close)));
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(0)) {
      pending.clear(i);
      if (!after.get(i)) {
        after.set(i);
        pending.or(whole.normal(i));
      }
    }
    return after;
  }

  private BitSet closing(Flow flow) {
    BitSet found = new BitSet();
    found.or(closes);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = code.size() - 1; i >= 0; i--) {
        if (flow.isReached(i) && !found.get(i) && followers(flow, i).intersects(found)) {
          found.set(i);
          changed = true;
        }
      }
    }
    return found;
  }

  /** What fails there is the way to the close, such as in {@code key.channel().close()}. */
  private BitSet atClose() {
    BitSet found = new BitSet();
    found.or(closes);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = code.size() - 1; i >= 0; i--) {
        if (!found.get(i) && path.isReached(i) && leadsInItsLine(i, found)) {
          found.set(i);
          changed = true;
        }
      }
    }
    return found;
  }

  private boolean leadsInItsLine(int index, BitSet to) {
    BitSet next = followers(index);
    for (int i = next.nextSetBit(0); i >= 0 && i < code.size(); i = next.nextSetBit(i + 1)) {
      if (to.get(i) && code.at(i).line() == code.at(index).line()) {
        return true;
      }
    }
    return false;
  }

  /** A {@code throw} does what it is there for when it throws, such as at the end of a finally. */
  private BitSet followers(Flow flow, int index) {
    return code.at(index).opcode() == Opcode.ATHROW ? flow.thrown(index) : flow.normal(index);
  }

  private BitSet followers(int index) {
    return followers(path, index);
  }

  /**
   * @param start where the path begins
   * @param returns true when it begins with a normal return
   * @param whatever the same path, without what is known of the value that was returned
   */
  Skips find(int start, boolean returns, Flow whatever) {
    for (int i = 0; i < code.size(); i++) {
      if (path.isReached(i)) {
        boolean isOnTheWay = i == start || (closing.get(i) && !atClose.get(i));
        if (isOnTheWay && isPastClose(path.thrown(i))) {
          throwing.add(code.at(i).line());
          if (mayReturnFrom(path.thrown(i))) {
            swallowing.add(code.at(i).line());
          }
        }
        if (closing.get(i) && !closes.get(i)) {
          followTurn(i);
        }
      }
    }
    boolean isUnreached = returns && !closing.get(start);
    if (isUnreached) {
      followDecisions(whatever);
    }
    boolean isEndless = returns && ends(path.normal(start)).isEmpty();
    return new Skips(
        List.copyOf(throwing),
        List.copyOf(returning),
        List.copyOf(branching),
        turning || isEndless,
        isUnreached,
        isPassedByErrors(start),
        List.copyOf(swallowing));
  }

  /** True when a return is reached that no close comes before. */
  private boolean mayReturnFrom(BitSet targets) {
    BitSet seen = new BitSet();
    BitSet pending = new BitSet();
    pending.or(targets);
    pending.clear(code.size());
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(0)) {
      pending.clear(i);
      if (!seen.get(i) && !closes.get(i)) {
        seen.set(i);
        if (code.at(i).isReturn()) {
          return true;
        }
        pending.or(path.normal(i));
        pending.or(path.thrown(i));
        pending.clear(code.size());
      }
    }
    return false;
  }

  /** Where the value that was returned decides against a close that other values lead to. */
  private void followDecisions(Flow whatever) {
    BitSet otherwise = closing(whatever);
    for (int i = 0; i < code.size(); i++) {
      if (path.isReached(i)
          && otherwise.get(i)
          && !closes.get(i)
          && !followers(i).intersects(otherwise)) {
        followTurn(i);
      }
    }
  }

  /** True where a way on from an instruction does not close, even when nothing throws. */
  boolean isLeftOpenFrom(int index) {
    if (!path.isReached(index)) {
      return false;
    }
    BitSet from = new BitSet();
    from.set(index);
    return !closing.get(index) || !ends(from).stream().allMatch(closes::get);
  }

  /** True where an instruction on the way stands in no handler for all that closes. */
  private boolean isPassedByErrors(int start) {
    for (int i = 0; i < code.size(); i++) {
      if (i != start && closing.get(i) && !atClose.get(i) && Throwing.mayErr(code.at(i))) {
        for (int target : Throwing.errorTargets(code, i)) {
          if (!closing.get(target)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** True when one of the handlers does not close, or nobody handles it. */
  private boolean isPastClose(BitSet targets) {
    for (int i = targets.nextSetBit(0); i >= 0; i = targets.nextSetBit(i + 1)) {
      if (!closing.get(i)) {
        return true;
      }
    }
    return false;
  }

  private void followTurn(int index) {
    BitSet away = new BitSet();
    away.or(followers(index));
    away.andNot(closing);
    away.clear(code.size());
    if (away.isEmpty() || code.at(index).opcode() == Opcode.ATHROW) {
      return;
    }
    boolean ends = false;
    for (int end : ends(away)) {
      ends = true;
      Instruction last = code.at(end);
      if (last.opcode() == Opcode.ATHROW) {
        throwing.add(last.line());
      } else if (last.isReturn() && !afterClose.get(end)) {
        returning.add(last.line());
      } else {
        branching.add(code.at(index).line());
      }
    }
    turning |= !ends;
  }

  /** Where those ways end: at returns, throws, and where the next connection is taken. */
  private List<Integer> ends(BitSet from) {
    List<Integer> ends = new ArrayList<>();
    BitSet seen = new BitSet();
    BitSet pending = new BitSet();
    pending.or(from);
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(0)) {
      pending.clear(i);
      if (i < code.size() && !seen.get(i)) {
        seen.set(i);
        BitSet next = followers(i);
        if (closes.get(i)) {
          ends.add(i);
        } else if (next.isEmpty() || next.get(code.size())) {
          ends.add(i);
        }
        pending.or(next);
      }
    }
    return ends;
  }
}
