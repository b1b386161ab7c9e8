package dev.starling.server.ring.atomix;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.membership.Endpoint;
import dev.starling.server.ring.NameServer;
import dev.starling.server.ring.NameServer.Service;
import dev.starling.server.ring.RingConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SeedLookupTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SERVICE = "_starling._tcp.example.test";

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final NameServer server = new NameServer();
  private final List<List<Endpoint>> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    server.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private SeedLookup look(RingConfig.Seed... seeds) {
    return look(server.address(), seeds);
  }

  private SeedLookup look(InetSocketAddress nameServer, RingConfig.Seed... seeds) {
    SeedNames names = new SeedNames(loops, List.of(nameServer));
    SeedLookup lookup = new SeedLookup(List.of(seeds), names, told::add);
    lookup.start(50);
    return lookup;
  }

  private void awaitTold(Endpoint... wanted) {
    await()
        .atMost(PATIENCE)
        .until(() -> !told.isEmpty() && Set.copyOf(told.getLast()).equals(Set.of(wanted)));
  }

  @SuppressWarnings("try") // it runs until it is closed
  private void whileLooking(SeedLookup lookup, Runnable steps) {
    try (lookup) {
      steps.run();
    }
  }

  @Test
  void allAddressesOfANameAreSeedsAndAreLookedUpAgain() {
    server.host("flock.example.test", "192.0.2.1", "192.0.2.2");
    whileLooking(
        look(new RingConfig.Seed.Host("flock.example.test", 7500)),
        () -> {
          awaitTold(new Endpoint("192.0.2.1", 7500), new Endpoint("192.0.2.2", 7500));
          server.host("flock.example.test", "192.0.2.3");
          awaitTold(new Endpoint("192.0.2.3", 7500));
        });
  }

  @Test
  void addressesOfTheNewerInternetProtocolAreSeedsToo() {
    server.put("flock.example.test", DnsRecordType.AAAA, List.of(new byte[16]));
    whileLooking(
        look(new RingConfig.Seed.Host("flock.example.test", 7500)),
        () -> awaitTold(new Endpoint("0:0:0:0:0:0:0:0", 7500)));
  }

  @Test
  void serviceSaysHostsAndPortsInTheOrderOfTheirPriority() {
    server
        .service(SERVICE, new Service(2, 7502, "b.test"), new Service(1, 7501, "a.test"))
        .host("a.test", "192.0.2.1")
        .host("b.test", "192.0.2.2");
    whileLooking(
        look(new RingConfig.Seed.Service(SERVICE)),
        () -> {
          await().atMost(PATIENCE).until(() -> !told.isEmpty());
          assertEquals(
              List.of(new Endpoint("192.0.2.1", 7501), new Endpoint("192.0.2.2", 7502)),
              told.getFirst());
          server.service(SERVICE, new Service(1, 7503, "b.test"));
          awaitTold(new Endpoint("192.0.2.2", 7503));
        });
  }

  @Test
  void recordsThatMakeNoSenseAreLeftOut() {
    byte[] good = {0, 1, 0, 1, 0, 9, 1, 'a', 4, 't', 'e', 's', 't', 0};
    byte[] withoutPort = {0, 0, 0, 1, 0, 0, 1, 'a', 4, 't', 'e', 's', 't', 0};
    byte[] withoutHost = {0, 0, 0, 1, 0, 9, 0};
    server
        .put(
            SERVICE,
            DnsRecordType.SRV,
            List.of(
                new byte[0],
                new byte[] {0, 1, 0, 1, 0},
                new byte[] {0, 1, 0, 1, 0, 9, 63},
                withoutPort,
                withoutHost,
                good))
        .host("a.test", "192.0.2.1");
    whileLooking(
        look(new RingConfig.Seed.Service(SERVICE)), () -> awaitTold(new Endpoint("192.0.2.1", 9)));
  }

  @Test
  void lookingGoesOnWhenAListenerFails() {
    server.host("flock.example.test", "192.0.2.1");
    SeedNames names = new SeedNames(loops, List.of(server.address()));
    SeedLookup lookup =
        new SeedLookup(
            List.of(new RingConfig.Seed.Host("flock.example.test", 7500)),
            names,
            found -> {
              told.add(found);
              throw new IllegalStateException("a fault of the listener");
            });
    lookup.start(50);
    whileLooking(
        lookup,
        () -> {
          awaitTold(new Endpoint("192.0.2.1", 7500));
          server.host("flock.example.test", "192.0.2.2");
          awaitTold(new Endpoint("192.0.2.2", 7500));
        });
  }

  @Test
  void hostsThatNobodyAnswersForHoldUpNoOthers() {
    Service[] services = new Service[60];
    for (int i = 0; i < services.length; i++) {
      services[i] = new Service(i, 7500 + i, "h" + i + ".test");
      server.silent("h" + i + ".test");
    }
    services[services.length - 1] = new Service(99, 7599, "good.test");
    server.service(SERVICE, services).host("good.test", "192.0.2.1");
    whileLooking(
        look(new RingConfig.Seed.Service(SERVICE)),
        () -> awaitTold(new Endpoint("192.0.2.1", 7599)));
  }

  @Test
  void nobodyIsAskedForMoreHostsOfAServiceThanAreOfUse() {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte tens = (byte) ('0' + i / 10);
      byte ones = (byte) ('0' + i % 10);
      records.add(new byte[] {0, 1, 0, 1, 0, 9, 2, tens, ones, 0});
    }
    server.put(SERVICE, DnsRecordType.SRV, records);
    for (int i = 0; i < 100; i++) {
      server.host(i / 10 + "" + i % 10, "192.0.2." + (i + 1));
    }
    whileLooking(
        look(new RingConfig.Seed.Service(SERVICE)),
        () -> {
          await().atMost(PATIENCE).until(() -> !told.isEmpty());
          assertEquals(64, told.getFirst().size());
        });
  }

  @Test
  void whatWasFoundStaysWhenNobodyAnswers() {
    server.host("flock.example.test", "192.0.2.1");
    whileLooking(
        look(
            new RingConfig.Seed.Host("flock.example.test", 7500),
            new RingConfig.Seed.Host("later.example.test", 7500)),
        () -> {
          awaitTold(new Endpoint("192.0.2.1", 7500));
          server.host("flock.example.test").host("later.example.test", "192.0.2.9");
          awaitTold(new Endpoint("192.0.2.1", 7500), new Endpoint("192.0.2.9", 7500));
        });
  }

  @Test
  void addressesNeedNoNameServer() {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    whileLooking(
        look(
            nobody,
            new RingConfig.Seed.Host("192.0.2.1", 7500),
            new RingConfig.Seed.Host("2001:db8::1", 7500)),
        () ->
            awaitTold(new Endpoint("192.0.2.1", 7500), new Endpoint("2001:db8:0:0:0:0:0:1", 7500)));
  }
}
