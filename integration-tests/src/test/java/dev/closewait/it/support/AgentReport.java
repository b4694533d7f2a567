package dev.closewait.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON report of an agent, held to the schema in the agent's jar whenever one is read. */
public record AgentReport(JsonNode json) {
  private static final String SCHEMA_ENTRY = "dev/closewait/report/closewait-1.schema.json";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(readSchema());

  /** Reads and validates; fails where there is no report, or half of one. */
  public static AgentReport read(Path file) {
    try {
      assertThat(file).exists();
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AgentReport parse(byte[] json) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new AssertionError("not JSON: " + e.getMessage(), e);
    }
    assertThat(SCHEMA.validate(tree)).as("violations of the schema").isEmpty();
    return new AgentReport(tree);
  }

  private static JsonNode readSchema() {
    try (JarFile jar = new JarFile(BuildPaths.agentJar().toFile());
        InputStream in = jar.getInputStream(jar.getJarEntry(SCHEMA_ENTRY))) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Leak> leaks() {
    return json.get("leaks").valueStream().map(Leak::new).toList();
  }

  /** The only leak; fails when there is none or another. */
  public Leak onlyLeak() {
    assertThat(leaks()).as("leaks in %s", this).hasSize(1);
    return leaks().get(0);
  }

  public boolean atExit() {
    return json.path("atExit").asBoolean(false);
  }

  public long opened() {
    return json.at("/totals/opened").asLong();
  }

  public long closed() {
    return json.at("/totals/closed").asLong();
  }

  /** Sockets of the process in a state, as the agent saw the kernel see them. */
  public int census(String state) {
    return json.get("census").path(state).asInt(0);
  }

  /** Causes of the groups that were reported and closed since. */
  public List<String> resolvedCauses() {
    return texts(json.get("resolved").valueStream().map(group -> group.get("cause")).toList());
  }

  public List<String> problems() {
    return health("problems");
  }

  public List<String> missingEvidence() {
    return health("missingEvidence");
  }

  public List<String> boundsHit() {
    return health("boundsHit");
  }

  /** Errors that the hooks swallowed, each as kind and first occurrence. */
  public List<String> hookErrors() {
    List<String> errors = new ArrayList<>();
    json.at("/agent/health/hookErrors")
        .forEachEntry((kind, first) -> errors.add(kind + ": " + first.asString()));
    return errors;
  }

  public int scans() {
    return json.at("/agent/health/scans").asInt();
  }

  private List<String> health(String list) {
    return texts(json.at("/agent/health/" + list).valueStream().toList());
  }

  private static List<String> texts(List<JsonNode> nodes) {
    return nodes.stream().map(JsonNode::asString).toList();
  }

  @Override
  public String toString() {
    return json.toPrettyString();
  }

  /** One leak group. */
  public record Leak(JsonNode json) {
    public String fingerprint() {
      return json.get("fingerprint").asString();
    }

    public String verdict() {
      return json.get("verdict").asString();
    }

    public String cause() {
      return json.get("cause").asString();
    }

    public String reason() {
      return json.get("reason").asString();
    }

    public String fix() {
      return json.get("fix").asString();
    }

    public @Nullable String culprit() {
      return json.path("culprit").asString(null);
    }

    public int count() {
      return json.get("count").asInt();
    }

    public long oldestMillis() {
      return json.get("oldestMillis").asLong();
    }

    /** The facts of all evidence, each after its source. */
    public List<String> evidence() {
      return json.get("evidence")
          .valueStream()
          .map(item -> item.get("source").asString() + " " + item.get("fact").asString())
          .toList();
    }

    /** The thread that does not go on, and those that it waits for. */
    public List<JsonNode> threads() {
      return json.path("threads").valueStream().toList();
    }

    public List<Connection> connections() {
      return json.get("connections").valueStream().map(Connection::new).toList();
    }

    @Override
    public String toString() {
      return json.toPrettyString();
    }
  }

  /** One example connection of a leak group. */
  public record Connection(JsonNode json) {
    public String direction() {
      return json.get("direction").asString();
    }

    public String transport() {
      return json.get("transport").asString();
    }

    public @Nullable String state() {
      return json.path("state").asString(null);
    }

    public @Nullable String local() {
      return json.path("local").asString(null);
    }

    public @Nullable String remote() {
      return json.path("remote").asString(null);
    }

    /** The frames of one of its stacks, such as {@code openStack}; empty where there is none. */
    public List<String> stack(String name) {
      return texts(json.path(name).valueStream().toList());
    }

    @Override
    public String toString() {
      return json.toPrettyString();
    }
  }
}
