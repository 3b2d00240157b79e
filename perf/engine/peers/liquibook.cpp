// Inserts against liquibook: its own benchmark's orders (alternating sides, ten prices each, six of them crossing), built
// beforehand, added to its book without depth, which is its fastest. The clock is the process's CPU time.
#include <book/types.h>
#include <simple/simple_order_book.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace liquibook;

static double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static uint32_t state = 1;
static uint32_t below(uint32_t limit) {
  state = state * 1664525u + 1013904223u;
  return (state >> 16) % limit;
}

static double insert(uint32_t count) {
  std::vector<simple::SimpleOrder*> orders;
  for (uint32_t at = 0; at < count; ++at) {
    bool buys = at % 2 == 0;
    uint32_t price = (buys ? 1880 : 1884) + below(10);
    orders.push_back(new simple::SimpleOrder(buys, price, (below(10) + 1) * 100));
  }
  book::OrderBook<simple::SimpleOrder*> book;
  double started = cpu_seconds();
  for (auto* order : orders) book.add(order);
  const double seconds = cpu_seconds() - started;
  for (auto* order : orders) delete order;
  return seconds;
}

int main() {
  const uint32_t count = 1000000;
  insert(count);
  std::vector<double> seconds;
  for (int run = 0; run < 5; ++run) {
    state = 1;
    seconds.push_back(insert(count));
  }
  std::sort(seconds.begin(), seconds.end());
  std::printf("{\"perSecond\":%.0f}\n", count / seconds[2]);
}
