import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** The same as the ring's measurement: numbers from one thread to another, published in batches of 32. */
public final class DisruptorPassing {
  static final int CAPACITY = 16_384;
  static final int BATCH = 32;

  static final class Slot {
    long value;
  }

  public static void main(String[] args) throws Exception {
    pass(20_000_000);
    System.out.println("{\"perSecond\":" + pass(40_000_000) + "}");
    System.exit(0);
  }

  static long pass(long count) throws Exception {
    Disruptor<Slot> disruptor =
        new Disruptor<>(
            Slot::new,
            CAPACITY,
            Executors.defaultThreadFactory(),
            ProducerType.SINGLE,
            new YieldingWaitStrategy());
    CountDownLatch done = new CountDownLatch(1);
    long[] sum = new long[1];
    disruptor.handleEventsWith(
        (slot, sequence, isLast) -> {
          sum[0] += slot.value;
          if (sequence == count - 1) done.countDown();
        });
    RingBuffer<Slot> ring = disruptor.start();
    long started = System.nanoTime();
    for (long at = 0; at < count; at += BATCH) {
      long last = ring.next(BATCH);
      long first = last - BATCH + 1;
      for (long sequence = first; sequence <= last; sequence++) ring.get(sequence).value = sequence;
      ring.publish(first, last);
    }
    done.await();
    long perSecond = count * 1_000_000_000L / (System.nanoTime() - started);
    disruptor.shutdown();
    return perSecond;
  }
}
