/** Looking at a picture before it leaves, and blacking out parts of it: with a mouse, a finger or the keyboard. */
import { t } from '../lib/browser.js';
import { replace } from '../lib/capture.js';
import { h, icon } from '../lib/dom.js';
import { covered } from '../lib/picture.js';

/** The picture being looked at: `areas` in shares of its width and height, `past` what they were before each change. */
let open = null;
const LEAST = 0.004;
const clone = (areas) => areas.map((area) => [...area]);
const within = (value, most = 1) => Math.min(Math.max(value, 0), most);

/** Opens the picture `name` of what was captured. */
export async function look(app, name) {
  const blob = app.captured[name];
  const bitmap = await createImageBitmap(blob);
  close();
  open = {
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

/** Lets go of the picture; nothing of it is kept here. */
export function close() {
  if (open) URL.revokeObjectURL(open.url);
  open = null;
}

export function blackOutView(app) {
  if (!open || !app.captured) return { title: 'titleFlag', back: 'check', main: [h('p.quiet', null, t('reading'))] };
  const count = open.areas.length;
  const act = (id, symbol, label, onclick, disabled = false) =>
    h('button.button', { type: 'button', id, onclick, disabled }, icon(symbol), label);
  return {
    title: 'titleBlackOut',
    back: 'check',
    wide: true,
    foot: [
      h(
        'div.pair',
        null,
        h(
          'button.button.primary',
          { type: 'button', id: 'paint', disabled: !count, onclick: () => paint(app) },
          icon('check'),
          count === 1 ? t('blackOutOne') : t('blackOut', count),
        ),
        h(
          'button.button',
          { type: 'button', id: 'leave', onclick: () => leave(app) },
          t(count ? 'discardBoxes' : 'back'),
        ),
      ),
    ],
    main: [
      h('p.small', { id: 'black-out-help' }, t('blackOutHelp')),
      h(
        'div.tools',
        { role: 'toolbar', 'aria-label': t('titleBlackOut') },
        act('add-box', 'plus-lg', t('addBox'), () => add(app)),
        act('undo-box', 'arrow-counterclockwise', t('undo'), () => undo(app), !open.past.length),
        act('zoom', 'search', t(open.zoom === 1 ? 'zoomIn' : 'zoomOut'), () => {
          open.zoom = open.zoom === 1 ? 2.5 : 1;
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
    { style: `width:${open.zoom * 100}%;aspect-ratio:${open.width}/${open.height}` },
    h('img', { src: open.url, alt: t(`field_${open.name}`), draggable: 'false' }),
    open.areas.map((area, at) => box(app, area, at)),
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
  draw(app, sheet, frame);
  return frame;
}

const place = (element, [left, top, width, height]) =>
  Object.assign(element.style, {
    left: `${left * 100}%`,
    top: `${top * 100}%`,
    width: `${width * 100}%`,
    height: `${height * 100}%`,
  });
const said = (at, area) => t('boxAt', at + 1, ...area.map((share) => Math.round(share * 100)));

function box(app, area, at) {
  const element = h('div.black', {
    tabindex: '0',
    role: 'img',
    id: `box-${at}`,
    'aria-label': said(at, area),
    onkeydown: (event) => move(app, event, at),
  });
  place(element, area);
  return element;
}

/** A change that can be undone, drawn at once. */
function change(app, make, focus) {
  open.past.push(clone(open.areas));
  make();
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

/** A new box in the middle of what is in view. */
function add(app) {
  const stage = document.getElementById('stage');
  const [wide, high] = [stage.scrollWidth, stage.scrollHeight];
  const [width, height] = [Math.min(0.2, 160 / wide), Math.min(0.5, 48 / high)];
  const left = within((stage.scrollLeft + stage.clientWidth / 2) / wide - width / 2, 1 - width);
  const top = within((stage.scrollTop + stage.clientHeight / 2) / high - height / 2, 1 - height);
  change(app, () => open.areas.push([left, top, width, height]), `box-${open.areas.length}`);
}

function undo(app) {
  if (!open.past.length) return;
  open.areas = open.past.pop();
  redraw(app, open.past.length ? 'undo-box' : 'stage');
  app.announce(t('undone'));
}

function shortcut(app, event) {
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  undo(app);
}

/** Arrows move a box, with Shift they size it, with Ctrl in small steps; Delete takes it away. */
function move(app, event, at) {
  if (event.key === 'Delete' || event.key === 'Backspace') {
    event.preventDefault();
    change(app, () => open.areas.splice(at, 1), 'stage');
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
      const area = open.areas[at];
      if (event.shiftKey) {
        area[2] = Math.max(LEAST, within(area[2] + right, 1 - area[0]));
        area[3] = Math.max(LEAST, within(area[3] + below, 1 - area[1]));
      } else {
        area[0] = within(area[0] + right, 1 - area[2]);
        area[1] = within(area[1] + below, 1 - area[3]);
      }
    },
    `box-${at}`,
  );
  app.announce(said(at, open.areas[at]));
}

/** Drawing with a mouse, a pen or one finger; two fingers move the picture. */
function draw(app, sheet, frame) {
  const fingers = new Map();
  let started = null;
  let growing = null;
  const at = (event) => {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
  };
  const area = ([x, y]) => [
    Math.min(x, started[0]),
    Math.min(y, started[1]),
    Math.abs(x - started[0]),
    Math.abs(y - started[1]),
  ];
  const drop = () => {
    growing?.remove();
    started = growing = null;
  };
  sheet.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size > 1) return drop();
    sheet.setPointerCapture(event.pointerId);
    started = at(event);
    growing = h('div.black');
    sheet.append(growing);
  });
  sheet.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size > 1) {
      frame.scrollLeft -= (event.clientX - before[0]) / fingers.size;
      frame.scrollTop -= (event.clientY - before[1]) / fingers.size;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
    } else if (started) {
      place(growing, area(at(event)));
    }
  });
  const end = (event) => {
    fingers.delete(event.pointerId);
    if (!started || event.type === 'pointercancel') return drop();
    const drawn = area(at(event));
    drop();
    if (drawn[2] * sheet.clientWidth > 4 && drawn[3] * sheet.clientHeight > 4) {
      change(app, () => open.areas.push(drawn), `box-${open.areas.length}`);
    }
  };
  sheet.addEventListener('pointerup', end);
  sheet.addEventListener('pointercancel', end);
}

/** Paints the boxes into the picture itself; what was under them is gone for good. */
async function paint(app) {
  const { name, blob, areas, width, height } = open;
  await replace(
    app.captured,
    name,
    await covered(
      blob,
      areas.map(([x, y, w, d]) => [x * width, y * height, w * width, d * height]),
      '#000',
    ),
  );
  if (app.shot) URL.revokeObjectURL(app.shot);
  app.shot = null;
  if (name === 'screenshot') {
    Object.assign(app, { painted: true, repaint: false });
    app.left_out.delete(name);
  }
  app.keepDraft();
  leave(app);
  app.announce(areas.length === 1 ? t('blackedOutOne') : t('blackedOut', areas.length));
}

function leave(app) {
  const { name } = open;
  app.go('check', `black-out-${name}`);
}
