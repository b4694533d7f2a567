package dev.closewait.it.client;

import java.net.URI;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Spring's RestTemplate and RestClient, over whatever client a subclass chooses. */
abstract class SpringRest implements ClientScenario {

  /** As it comes. */
  abstract ClientHttpRequestFactory open(Site site);

  /** The call that opens the connection, and another through it. */
  final void idlePool(Site site) {
    RestTemplate template = new RestTemplate(open(site));
    template.getForObject(site.small(), byte[].class);
    template.getForObject(site.small(), String.class); // LEAK
  }

  final void unreadSmall(Site site) {
    RestClient client = over(open(site));
    read(client, site.small());
    site.keep(client.get().uri(site.small()).exchange((request, r) -> r, false)); // LEAK
  }

  final void unreadLarge(Site site) {
    RestClient client = over(open(site));
    read(client, site.small());
    site.keep(client.get().uri(site.large()).exchange((request, r) -> r, false)); // LEAK
  }

  final void clientPerCall(Site site) {
    for (int i = 0; i < Site.CALLS; i++) {
      RestTemplate template = new RestTemplate(open(site));
      template.getForObject(site.small(), String.class);
    }
  }

  static RestClient over(ClientHttpRequestFactory factory) {
    return RestClient.builder().requestFactory(factory).build();
  }

  static void read(RestClient client, URI uri) {
    client.get().uri(uri).retrieve().body(byte[].class);
  }
}
