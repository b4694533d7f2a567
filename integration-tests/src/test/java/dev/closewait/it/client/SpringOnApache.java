package dev.closewait.it.client;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.util.TimeValue;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Spring on Apache HttpClient 5. */
final class SpringOnApache extends SpringRest {

  @Override
  public void leak(Site site) {
    idlePool(site);
    unreadSmall(site);
    unreadLarge(site);
    clientPerCall(site);
  }

  @Override
  ClientHttpRequestFactory open(Site site) {
    return site.keep(new HttpComponentsClientHttpRequestFactory()); // LEAK
  }

  @Override
  public void work(Site site) throws Exception {
    CloseableHttpClient evicting =
        HttpClients.custom().evictIdleConnections(TimeValue.ofMilliseconds(200)).build();
    RestClient shared = site.keep(over(new HttpComponentsClientHttpRequestFactory(evicting)));
    read(shared, site.small());
    read(shared, site.large());
    for (int i = 0; i < Site.CALLS; i++) {
      HttpComponentsClientHttpRequestFactory factory = new HttpComponentsClientHttpRequestFactory();
      read(over(factory), site.small());
      factory.destroy();
    }
  }
}
