#!/usr/bin/env bash
# Runs Netty's own tests of its socket transports without and with the agent, and compares the
# outcome of each test. Not part of the build: four minutes for each version.
#
#   integration-tests/netty-testsuite/compare.sh <agent.jar> [netty version [java home]]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
agent="$(realpath "$1")"
version="${2:-4.1.137.Final}"
java="${3:-${JAVA_HOME:?set JAVA_HOME or name a JDK}}/bin/java"
work="$here/target/$version"
libraries="$work/lib"
mkdir -p "$work"
mvn -q -f "$here/pom.xml" dependency:copy-dependencies "-Dnetty.version=$version" \
  "-DoutputDirectory=$libraries"
echo '<configuration><root level="OFF"/></configuration>' > "$work/logback.xml"
tests="$(find "$libraries" -name '*.jar' ! -name 'junit-*' ! -name 'opentest4j*' ! -name 'apiguardian*' -printf '%p:')"

# name, and the arguments of the JVM; one line for each test: its name and its outcome
run() {
  local name="$1"
  shift
  "$java" "$@" -Dlogback.configurationFile="$work/logback.xml" \
    -jar "$libraries"/junit-platform-console-standalone-*.jar execute --class-path "$tests" \
    --select-package io.netty.testsuite.transport.socket --disable-banner --details=none \
    --reports-dir "$work/$name" > "$work/$name.txt" 2>&1 || true
  "$java" "$here/Outcomes.java" "$work/$name/TEST-junit-jupiter.xml" > "$work/$name.outcomes"
  echo "$name: $(wc -l < "$work/$name.outcomes") tests, $(grep -c ' passed$' "$work/$name.outcomes") passed"
}

run without-agent
run with-agent "-javaagent:$agent=threshold=2s,report=$work/closewait.json"
diff "$work/without-agent.outcomes" "$work/with-agent.outcomes" && echo "the same outcome for every test"
