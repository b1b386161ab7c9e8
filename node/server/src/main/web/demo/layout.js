const WIDEST = 16 / 9;
const GAP = 10;

/** The largest tiles of which `count` fit into a space, all of one size and of a shape that suits faces. */
export function tileSize(count, width, height) {
  const narrowest = width > height ? 4 / 3 : 9 / 16;
  let best = { width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const size = fit(columns, Math.ceil(count / columns), { width, height, narrowest });
    if (size.width * size.height > best.width * best.height) {
      best = size;
    }
  }
  return best;
}

function fit(columns, rows, { width, height, narrowest }) {
  const cellWidth = (width - GAP * (columns - 1)) / columns;
  const cellHeight = (height - GAP * (rows - 1)) / rows;
  return {
    width: Math.floor(Math.max(0, Math.min(cellWidth, cellHeight * WIDEST))),
    height: Math.floor(Math.max(0, Math.min(cellHeight, cellWidth / narrowest))),
  };
}

/** Keeps the tiles in `container` as large as they can be. */
export function keepFilled(container) {
  const arrange = () => {
    const { width, height } = tileSize(container.children.length, container.clientWidth, container.clientHeight);
    container.style.setProperty('--tile-width', `${width}px`);
    container.style.setProperty('--tile-height', `${height}px`);
  };
  new ResizeObserver(arrange).observe(container);
  new MutationObserver(arrange).observe(container, { childList: true });
}
