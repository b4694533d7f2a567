package java.net;

/**
 * Finds the handle of a record, the JDK's own socket object, behind a {@code Socket} that a library
 * has.
 *
 * <p>A {@code Socket} of an application hands its calls on, by {@code DelegatingSocketImpl} to the
 * platform's implementation, and one with TLS by {@code BaseSSLSocketImpl.self} to the socket below
 * it (read in OpenJDK 17.0.15 and 25.0.3).
 */
final class CloseWaitHandles {
  private static final long IMPL =
      CloseWaitFields.offset(Socket.class.getName(), "impl", SocketImpl.class);
  private static final int MOST_LAYERS = 4;
  private static final String TLS_PACKAGE = "sun.security.ssl.";

  private CloseWaitHandles() {}

  /** The class of TLS sockets, once one is seen: it is loaded then. */
  private static final class Tls {
    static final String NAME = "sun.security.ssl.BaseSSLSocketImpl";
    static final long SELF = CloseWaitFields.offset(NAME, "self", Socket.class);
    static final Class<?> TYPE = type();

    private static Class<?> type() {
      try {
        return Class.forName(NAME, false, null);
      } catch (ClassNotFoundException e) {
        return CloseWaitHandles.class;
      }
    }
  }

  /** Initialises this class, so that no hook has to. */
  static void prepare() {}

  /** Anything but a {@code Socket} is its own handle. */
  static Object handleOf(Object part) {
    if (!(part instanceof Socket)) {
      return part;
    }
    SocketImpl impl = (SocketImpl) CloseWaitFields.read(base((Socket) part), IMPL);
    return impl instanceof DelegatingSocketImpl ? ((DelegatingSocketImpl) impl).delegate : impl;
  }

  private static Socket base(Socket socket) {
    Socket base = socket;
    for (int layer = 0; layer < MOST_LAYERS && isTls(base); layer++) {
      Object below = CloseWaitFields.read(base, Tls.SELF);
      if (below == null || below == base) {
        return base;
      }
      base = (Socket) below;
    }
    return base;
  }

  /** Asked by name first: for most sockets the classes of TLS need not be there. */
  private static boolean isTls(Socket socket) {
    return socket.getClass().getName().startsWith(TLS_PACKAGE) && Tls.TYPE.isInstance(socket);
  }
}
