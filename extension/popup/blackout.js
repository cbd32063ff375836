/**
 * The editor that shows a picture before it is sent and blacks out parts of it: with a mouse, a finger or the keyboard.
 */
import { t } from '../lib/browser.js';
import { replacePicture } from '../lib/capture.js';
import { h, icon } from '../lib/dom.js';
import { withoutAreas } from '../lib/photos.js';
import { covered } from '../lib/picture.js';

/** The picture in the editor: `areas` as shares of its width and height, `past` the areas before each change. */
let picture = null;
const MIN_SIZE = 0.004;
const copyOf = (areas) => areas.map((area) => [...area]);
const clamp = (value, max = 1) => Math.min(Math.max(value, 0), max);

/** Opens the captured picture `name`, once the boxes drawn before are in it. */
export async function openEditor(app, name) {
  await app.painting;
  const blob = app.captured[name];
  const bitmap = await createImageBitmap(blob);
  closeEditor();
  picture = {
    name,
    blob,
    url: URL.createObjectURL(blob),
    width: bitmap.width,
    height: bitmap.height,
    areas: [],
    past: [],
    zoom: 1,
  };
  bitmap.close();
  app.go('blackout');
}

/** Closes the editor; nothing of the picture is kept here. */
export function closeEditor() {
  if (picture) URL.revokeObjectURL(picture.url);
  picture = null;
}

export function blackOutView(app) {
  if (!picture || !app.captured) {
    return { title: 'titleFlag', back: 'review', main: [h('p.quiet', null, t('reading'))] };
  }
  const count = picture.areas.length;
  const toolButton = (id, symbol, label, onclick, disabled = false) =>
    h('button.button', { type: 'button', id, onclick, disabled }, icon(symbol), label);
  return {
    title: 'titleBlackOut',
    back: 'review',
    wide: true,
    foot: [
      h(
        'div.button-row',
        null,
        h(
          'button.button.primary',
          {
            type: 'button',
            id: 'paint',
            disabled: !count,
            onclick: () => {
              const { name } = picture;
              app.painting = blackOutBoxes(app).catch(() => app.left_out.add(name));
            },
          },
          icon('check'),
          count === 1 ? t('blackOutOne') : t('blackOut', count),
        ),
        h(
          'button.button',
          { type: 'button', id: 'leave', onclick: () => leaveEditor(app) },
          t(count ? 'discardBoxes' : 'back'),
        ),
      ),
    ],
    main: [
      h('p.small', { id: 'black-out-help' }, t('blackOutHelp')),
      h(
        'div.tools',
        { role: 'toolbar', 'aria-label': t('titleBlackOut') },
        toolButton('add-box', 'plus-lg', t('addBox'), () => add(app)),
        toolButton('undo-box', 'arrow-counterclockwise', t('undo'), () => undo(app), !picture.past.length),
        toolButton('zoom', 'search', t(picture.zoom === 1 ? 'zoomIn' : 'zoomOut'), () => {
          picture.zoom = picture.zoom === 1 ? 2.5 : 1;
          redraw(app, 'zoom');
        }),
      ),
      stage(app),
    ],
  };
}

function stage(app) {
  const sheet = h(
    'div.sheet',
    { style: `width:${picture.zoom * 100}%;aspect-ratio:${picture.width}/${picture.height}` },
    h('img', { src: picture.url, alt: t(`field_${picture.name}`), draggable: 'false' }),
    picture.areas.map((area, at) => box(app, area, at)),
  );
  const frame = h(
    'div.stage',
    {
      id: 'stage',
      role: 'application',
      tabindex: '0',
      'aria-label': t('titleBlackOut'),
      'aria-describedby': 'black-out-help',
      onkeydown: (event) => shortcut(app, event),
    },
    sheet,
  );
  listenForDrawing(app, sheet, frame);
  return frame;
}

const position = (element, [left, top, width, height]) =>
  Object.assign(element.style, {
    left: `${left * 100}%`,
    top: `${top * 100}%`,
    width: `${width * 100}%`,
    height: `${height * 100}%`,
  });
const describe = (at, area) => t('boxAt', at + 1, ...area.map((share) => Math.round(share * 100)));

function box(app, area, at) {
  const element = h('div.black', {
    tabindex: '0',
    role: 'img',
    id: `box-${at}`,
    'aria-label': describe(at, area),
    onkeydown: (event) => move(app, event, at),
  });
  position(element, area);
  return element;
}

/** Makes a change that can be undone, and draws it. */
function change(app, edit, focus) {
  picture.past.push(copyOf(picture.areas));
  edit();
  redraw(app, focus);
}

function redraw(app, focus) {
  const before = document.getElementById('stage');
  const [left, top] = [before?.scrollLeft ?? 0, before?.scrollTop ?? 0];
  app.draw();
  const stage = document.getElementById('stage');
  Object.assign(stage, { scrollLeft: left, scrollTop: top });
  document.getElementById(focus)?.focus({ preventScroll: !focus.startsWith('box') });
}

/** Adds a box in the middle of what is in view. */
function add(app) {
  const stage = document.getElementById('stage');
  const [wide, high] = [stage.scrollWidth, stage.scrollHeight];
  const [width, height] = [Math.min(0.2, 160 / wide), Math.min(0.5, 48 / high)];
  const left = clamp((stage.scrollLeft + stage.clientWidth / 2) / wide - width / 2, 1 - width);
  const top = clamp((stage.scrollTop + stage.clientHeight / 2) / high - height / 2, 1 - height);
  change(app, () => picture.areas.push([left, top, width, height]), `box-${picture.areas.length}`);
}

function undo(app) {
  if (!picture.past.length) return;
  picture.areas = picture.past.pop();
  redraw(app, picture.past.length ? 'undo-box' : 'stage');
  app.announce(t('undone'));
}

function shortcut(app, event) {
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  undo(app);
}

/** Arrow keys move a box, with Shift they resize it, with Ctrl in small steps; Delete removes it. */
function move(app, event, at) {
  if (event.key === 'Delete' || event.key === 'Backspace') {
    event.preventDefault();
    change(app, () => picture.areas.splice(at, 1), 'stage');
    return;
  }
  const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
  if (!across && !down) return;
  event.preventDefault();
  const step = event.ctrlKey || event.metaKey ? 2 : 10; // pixels on the screen
  const sheet = event.currentTarget.parentElement;
  const [right, below] = [(across * step) / sheet.clientWidth, (down * step) / sheet.clientHeight];
  change(
    app,
    () => {
      const area = picture.areas[at];
      if (event.shiftKey) {
        area[2] = Math.max(MIN_SIZE, clamp(area[2] + right, 1 - area[0]));
        area[3] = Math.max(MIN_SIZE, clamp(area[3] + below, 1 - area[1]));
      } else {
        area[0] = clamp(area[0] + right, 1 - area[2]);
        area[1] = clamp(area[1] + below, 1 - area[3]);
      }
    },
    `box-${at}`,
  );
  app.announce(describe(at, picture.areas[at]));
}

/** Drawing with a mouse, a pen or one finger; two fingers move the picture. */
function listenForDrawing(app, sheet, frame) {
  const fingers = new Map();
  let started = null;
  let newBox = null;
  const at = (event) => {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    return [clamp((event.clientX - left) / width), clamp((event.clientY - top) / height)];
  };
  const area = ([x, y]) => [
    Math.min(x, started[0]),
    Math.min(y, started[1]),
    Math.abs(x - started[0]),
    Math.abs(y - started[1]),
  ];
  const cancel = () => {
    newBox?.remove();
    started = newBox = null;
  };
  sheet.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size > 1) return cancel();
    sheet.setPointerCapture(event.pointerId);
    started = at(event);
    newBox = h('div.black');
    sheet.append(newBox);
  });
  sheet.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size > 1) {
      frame.scrollLeft -= (event.clientX - before[0]) / fingers.size;
      frame.scrollTop -= (event.clientY - before[1]) / fingers.size;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
    } else if (started) {
      position(newBox, area(at(event)));
    }
  });
  const end = (event) => {
    fingers.delete(event.pointerId);
    if (!started || event.type === 'pointercancel') return cancel();
    const drawn = area(at(event));
    cancel();
    if (drawn[2] * sheet.clientWidth > 4 && drawn[3] * sheet.clientHeight > 4) {
      change(app, () => picture.areas.push(drawn), `box-${picture.areas.length}`);
    }
  };
  sheet.addEventListener('pointerup', end);
  sheet.addEventListener('pointercancel', end);
}

/** Paints the boxes into the picture itself; what was under them cannot be recovered. Nothing is flagged meanwhile. */
async function blackOutBoxes(app) {
  const { name, blob, areas, width, height } = picture;
  const painted = areas.map(([x, y, w, d]) => [x * width, y * height, w * width, d * height]);
  await replacePicture(app.captured, name, await covered(blob, painted, '#000'));
  if (app.screenshotUrl) URL.revokeObjectURL(app.screenshotUrl);
  app.screenshotUrl = null;
  if (name === 'screenshot') {
    app.captured.photos = withoutAreas(app.captured.photos ?? [], painted);
    Object.assign(app, { painted: true, blackOutAgain: false });
    app.left_out.delete(name);
  }
  app.keepDraft();
  if (picture?.blob === blob) leaveEditor(app);
  app.announce(areas.length === 1 ? t('blackedOutOne') : t('blackedOut', areas.length));
}

function leaveEditor(app) {
  const { name } = picture;
  app.go('review', `black-out-${name}`);
}
