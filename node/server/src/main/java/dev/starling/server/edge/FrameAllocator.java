package dev.starling.server.edge;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * Socket buffers come from the pool, outside the heap; buffers without a wish for that are plain
 * arrays. The WebSocket decoder copies a frame's payload into such a buffer while it takes the mask
 * off, so the payload ends up in an array that nobody else writes to and that the garbage collector
 * frees: it can be kept and passed on without another copy.
 */
final class FrameAllocator extends AbstractByteBufAllocator {
  static final FrameAllocator INSTANCE = new FrameAllocator();

  private FrameAllocator() {
    super(false);
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return PooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return true;
  }
}
