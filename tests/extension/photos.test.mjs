import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photosIn, withoutAreas, withPhotos, withShown } from '../../extension/lib/photos.js';
import { compose } from '../../extension/lib/report.js';

const BIRD = { url: 'https://market.example/bird.jpg', alt: 'A bird', place: [10, 20, 300, 200] };
const at = (x, y, width, height, url = BIRD.url) => ({ url, alt: '', x, y, width, height });
const twice = (places) => places.map((place) => place.map((side) => side * 2));

test('a place in the window is measured in the pixels of the picture', () => {
  assert.deepEqual(photosIn([BIRD], [BIRD], twice, { width: 2000, height: 1600 }), [
    { url: BIRD.url, alt: 'A bird', x: 20, y: 40, width: 600, height: 400 },
  ]);
});

test('what moved while the picture was taken is left out, what grew by less than a pixel is not', () => {
  for (const [place, left] of [
    [[10, 120, 300, 200], 0],
    [[10, 20, 300.5, 200], 1],
  ]) {
    assert.equal(photosIn([BIRD], [{ ...BIRD, place }], twice, { width: 2000, height: 1600 }).length, left);
  }
});

test('nothing is said beyond the edge of the picture', () => {
  const [photo] = photosIn([BIRD], [BIRD], twice, { width: 500, height: 300 });
  assert.deepEqual([photo.x, photo.y, photo.width, photo.height], [20, 40, 480, 260]);
});

test('the largest part that nothing is painted over is what can be seen', () => {
  for (const [area, seen] of [
    [[900, 900, 50, 50], [100, 100, 400, 300]],
    [[100, 100, 400, 40], [100, 140, 400, 260]],
    [[100, 340, 400, 100], [100, 100, 400, 240]],
    [[80, 0, 60, 900], [140, 100, 360, 300]],
    [[400.5, 100, 300, 300], [100, 100, 300, 300]],
  ]) {
    const [{ x, y, width, height }] = withoutAreas([at(100, 100, 400, 300)], [area]);
    assert.deepEqual([x, y, width, height], seen, String(area));
  }
});

test('a photo that is painted over, or of which too little is left, is not shown', () => {
  assert.deepEqual(withoutAreas([at(100, 100, 400, 300)], [[90, 90, 420, 320]]), []);
  assert.deepEqual(withoutAreas([at(100, 100, 400, 300)], [[160, 90, 280, 320]]), []);
  assert.deepEqual(withoutAreas([at(100, 100, 63, 300)], []), []);
});

test('a photo that the page does not state is added once', () => {
  const stated = [{ url: 'https://market.example/a.jpg', alt: 'A' }];
  assert.deepEqual(withPhotos(stated, [at(0, 0, 9, 9), at(5, 5, 9, 9), at(0, 0, 9, 9, stated[0].url)]), [
    { url: BIRD.url, alt: '' },
    ...stated,
  ]);
});

test('of twelve pictures is said where they are shown, the largest first', () => {
  const photos = Array.from({ length: 20 }, (_, n) => at(n, 0, 100, 100, `https://market.example/${n}.jpg`));
  const images = withShown(
    photos.map(({ url }) => ({ url, alt: '' })),
    photos,
    'screenshot',
  );
  assert.deepEqual(
    images.map(({ shown }) => shown?.x ?? null),
    Array.from({ length: 20 }, (_, n) => (n < 12 ? n : null)),
  );
  assert.deepEqual(images[0].shown, { file: 'screenshot', x: 0, y: 0, width: 100, height: 100 });
});

test('places are sent with the screenshot alone, and with the pictures', () => {
  const captured = {
    url: 'https://mercado.test/itm/265370482805',
    screenshot: new Blob(['x']),
    sha256: {},
    photos: [at(1, 2, 300, 200)],
    listing: { images: [{ url: BIRD.url, alt: '' }] },
  };
  const shown = (...left_out) =>
    compose(captured, { picks: [] }, new Set(left_out)).report.listing.images?.[0].shown ?? null;
  assert.deepEqual(shown(), { file: 'screenshot', x: 1, y: 2, width: 300, height: 200 });
  assert.equal(shown('screenshot'), null);
  assert.equal(shown('images'), null);
});
