package dev.closewait.it.netty.loader;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Starts the OSGi framework on the class path, installs bundles, and runs a program in the last.
 *
 * <p>Arguments: the framework's directory, the jars of the bundles as a path, the main class, its
 * arguments.
 */
public final class InBundles {
  private InBundles() {}

  public static void main(String[] arguments) throws Exception {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
    Framework framework = factory.newFramework(configuration(arguments[0]));
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    for (String jar : arguments[1].split(File.pathSeparator)) {
      bundles.add(framework.getBundleContext().installBundle(new File(jar).toURI().toString()));
    }
    Class<?> program = bundles.get(bundles.size() - 1).loadClass(arguments[2]);
    String[] own = Arrays.copyOfRange(arguments, 3, arguments.length);
    program.getMethod("main", String[].class).invoke(null, (Object) own);
  }

  /** Both frameworks by default give classes of the class path also to bundles that import none. */
  private static Map<String, String> configuration(String directory) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, directory);
    configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit");
    configuration.put(Constants.FRAMEWORK_BOOTDELEGATION, "");
    configuration.put("felix.bootdelegation.implicit", "false");
    configuration.put("osgi.compatibility.bootdelegation", "false");
    configuration.put("osgi.compatibility.bootdelegation.default", "false");
    return configuration;
  }
}
