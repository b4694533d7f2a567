import java.io.File;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Prints each test of a JUnit report with its outcome, sorted. */
class Outcomes {
  public static void main(String[] arguments) throws Exception {
    NodeList tests =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File(arguments[0]))
            .getElementsByTagName("testcase");
    TreeSet<String> lines = new TreeSet<>();
    for (int i = 0; i < tests.getLength(); i++) {
      Element test = (Element) tests.item(i);
      String name = test.getAttribute("classname") + "." + test.getAttribute("name");
      String line = name.replaceAll("@[0-9a-f]+|0x[0-9a-f]+", "") + " " + outcome(test);
      for (int again = 2; !lines.add(line); again++) {
        line = name + " (" + again + ") " + outcome(test);
      }
    }
    lines.forEach(System.out::println);
  }

  private static String outcome(Element test) {
    for (String other : new String[] {"failure", "error", "skipped"}) {
      if (test.getElementsByTagName(other).getLength() > 0) {
        return other;
      }
    }
    return "passed";
  }
}
