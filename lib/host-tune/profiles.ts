import { type Profile, type ProfileName, type Setting, sysctl, sysctlPath } from "./profile.ts";

const thp = (value: string, reason: string): Setting => ({
  key: "thp",
  path: "sys/kernel/mm/transparent_hugepage/enabled",
  value,
  reason,
  // The kernel keeps more memory free for large pages, and decides anew how much when they are switched.
  displaces: sysctlPath("vm.min_free_kbytes"),
});

const governor: Setting = {
  key: "governor",
  path: "sys/devices/system/cpu/cpu*/cpufreq/scaling_governor",
  value: "performance",
  reason: "a CPU that has to raise its clock first answers the first request after a pause late",
};

/** For any server that is asked by many. */
const SERVING: readonly Setting[] = [
  sysctl(
    "net.core.somaxconn",
    "4096",
    "a burst of new connections waits in the queue, it is not dropped",
  ),
  sysctl(
    "net.ipv4.tcp_max_syn_backlog",
    "8192",
    "the same for connections that are still being opened",
  ),
  sysctl(
    "net.ipv4.tcp_slow_start_after_idle",
    "0",
    "connections are kept and used in bursts; each burst would begin with a small window",
  ),
  sysctl("vm.swappiness", "1", "a page of the service that was swapped out costs milliseconds"),
];

/** For a journal. */
const WRITING_OUT: readonly Setting[] = [
  sysctl("vm.dirty_background_ratio", "3", "the journal is written out early, in small pieces", {
    displaces: sysctlPath("vm.dirty_background_bytes"),
  }),
  sysctl(
    "vm.dirty_ratio",
    "10",
    "and never so much is unwritten that a writer has to wait for long",
    {
      displaces: sysctlPath("vm.dirty_bytes"),
    },
  ),
];

const THROUGHPUT: Profile = {
  name: "throughput",
  purpose: "many bytes or many connections; a few microseconds more do not matter",
  settings: [
    ...SERVING,
    sysctl("net.core.rmem_max", "16777216", "room for what a 10 Gbit/s link carries in 12 ms"),
    sysctl("net.core.wmem_max", "16777216", "the same for what is sent"),
    sysctl("net.ipv4.tcp_rmem", "4096 131072 16777216", "connections grow by need up to that room"),
    sysctl("net.ipv4.tcp_wmem", "4096 65536 16777216", "the same for what is sent"),
    sysctl(
      "net.core.netdev_max_backlog",
      "10000",
      "packets of a burst wait for the CPU, they are not dropped",
    ),
    ...WRITING_OUT,
    thp("madvise", "large pages only where they were asked for; elsewhere their upkeep stalls"),
    governor,
  ],
  divides: false,
  boot: [],
};

const LOW_LATENCY: Profile = {
  name: "low-latency",
  purpose: "the matching engine: the slowest answers count, and CPUs are given to it alone",
  settings: [
    ...SERVING,
    sysctl(
      "net.core.busy_read",
      "50",
      "a read looks for packets 50 µs itself and saves the interrupt's way",
    ),
    sysctl("net.core.busy_poll", "50", "the same for poll and epoll"),
    sysctl(
      "net.ipv4.tcp_fastopen",
      "3",
      "a returning client sends its request with its first packet",
    ),
    sysctl(
      "kernel.numa_balancing",
      "0",
      "memory stays where it is: moving it stops the thread that uses it",
    ),
    sysctl(
      "kernel.timer_migration",
      "0",
      "timers stay on the CPU that set them, away from the pinned ones",
    ),
    sysctl("kernel.nmi_watchdog", "0", "no periodic interrupt on CPUs that are to be left alone"),
    sysctl(
      "vm.stat_interval",
      "10",
      "the kernel's own statistics disturb each CPU every 10 s, not every second",
    ),
    ...WRITING_OUT,
    thp("never", "putting pages together stalls the threads that use them"),
    {
      key: "thp-defrag",
      path: "sys/kernel/mm/transparent_hugepage/defrag",
      value: "never",
      reason: "and nobody who asks for memory waits until pages are put together",
    },
    {
      key: "ksm",
      path: "sys/kernel/mm/ksm/run",
      value: "0",
      reason:
        "looking for equal pages reads all memory, and a merged one is copied when it is written",
    },
    governor,
  ],
  divides: true,
  boot: [
    { name: "isolcpus", reason: "nothing else is scheduled on the engine's CPUs" },
    { name: "nohz_full", reason: "no timer tick on them while one thread runs" },
    { name: "rcu_nocbs", reason: "the kernel's deferred work is done on other CPUs" },
  ],
};

const S1: Profile = {
  name: "s1",
  purpose:
    "the numbers that were given for 10 Gbit/s over long distances: 128 MB buffers. Each connection may take that much, so choose it only with few connections and much memory",
  settings: [
    sysctl(
      "net.core.rmem_max",
      "134217728",
      "a full 10 Gbit/s link with 100 ms of round trip needs 125 MB",
    ),
    sysctl("net.core.wmem_max", "134217728", "the same for what is sent"),
    sysctl("net.ipv4.tcp_rmem", "4096 87380 134217728", "connections grow by need up to that room"),
    sysctl("net.ipv4.tcp_wmem", "4096 65536 134217728", "the same for what is sent"),
  ],
  divides: false,
  boot: [],
};

export const PROFILES: Record<ProfileName, Profile> = {
  throughput: THROUGHPUT,
  "low-latency": LOW_LATENCY,
  s1: S1,
};
