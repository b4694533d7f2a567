package dev.closewait.it.client;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Spring on {@code HttpURLConnection}. */
final class SpringOnUrlConnection extends SpringRest {

  @Override
  public void leak(Site site) {
    unreadSmall(site);
    unreadLarge(site);
    idlePool(site);
  }

  @Override
  ClientHttpRequestFactory open(Site site) {
    return site.keep(new SimpleClientHttpRequestFactory());
  }

  @Override
  public void work(Site site) {
    System.setProperty("http.keepAlive", "false");
    RestClient shared = over(open(site));
    read(shared, site.small());
    read(shared, site.large());
  }
}
