package dev.closewait.it.client;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Spring on {@code java.net.http}, which leaks nothing else than a body that it waits with. */
final class SpringOnJdk extends SpringRest {

  @Override
  public void leak(Site site) {
    unreadLarge(site);
  }

  @Override
  ClientHttpRequestFactory open(Site site) {
    return site.keep(new JdkClientHttpRequestFactory());
  }

  @Override
  public void work(Site site) {
    RestClient shared = over(open(site));
    read(shared, site.small());
    read(shared, site.large());
    for (int i = 0; i < Site.CALLS; i++) {
      read(over(open(site)), site.small());
    }
  }
}
