/**
 * The marks: a dot on the upper corner of each card, and what it says. All stand in one closed shadow root beside the
 * page's body, out of its layout, so that nothing moves and the page cannot read which listings are marked or why.
 *
 * `state` counts and keeps the marks; `measured` counts the time of what it wraps; `texts` gives `region, lang, dir`.
 */
(globalThis.cyberSpotterPage ??= {}).dots = ({ root, make }, state, measured, texts) => {
  const MOST = { marks: 300 };
  const DOT =
    'position:absolute;inset:0 auto auto 0;box-sizing:border-box;width:24px;height:24px;margin:0;' +
    'padding:3px;border:0;border-radius:50%;cursor:help;' +
    'color:light-dark(#12535C,#7FCFCB);background:light-dark(#FFFFFF,#19211F);' +
    'box-shadow:0 0 0 1px light-dark(#7A837D,#74837C);outline:0;';
  const TIP =
    'position:fixed;inset:auto;margin:0;box-sizing:border-box;width:max-content;padding:10px 12px;' +
    'border:1px solid light-dark(#7A837D,#74837C);' +
    'border-radius:8px;color:light-dark(#1B2421,#E9EEEA);background:light-dark(#FFFFFF,#19211F);' +
    'font:400 14px/1.4 system-ui,sans-serif;text-align:start;overflow-wrap:anywhere;' +
    'box-shadow:0 4px 16px rgb(0 0 0/.25);';
  const SVG = 'http://www.w3.org/2000/svg';
  const styled = (element, style) => {
    element.style.cssText = style;
    return element;
  };

  function dot() {
    const button = styled(make('button'), DOT);
    button.setAttribute('type', 'button');
    const svg = make('svg', SVG);
    for (const [name, value] of [
      ['viewBox', '0 0 28 28'],
      ['width', '18'],
      ['height', '18'],
      ['aria-hidden', 'true'],
      ['style', 'display:block'],
    ]) {
      svg.setAttribute(name, value);
    }
    for (const [radius, ring] of [
      [10, true],
      [4, false],
    ]) {
      const circle = make('circle', SVG);
      const shape = {
        cx: 14,
        cy: 14,
        r: radius,
        ...(ring
          ? {
              fill: 'none',
              stroke: 'currentColor',
              'stroke-width': 4,
              'stroke-dasharray': '11.7 4',
              'stroke-dashoffset': -2,
            }
          : { fill: 'currentColor' }),
      };
      for (const [name, value] of Object.entries(shape)) circle.setAttribute(name, value);
      svg.append(circle);
    }
    button.append(svg);
    return button;
  }

  /** Marks stand where reading begins on this page, whatever the language they speak. */
  const backwards = /^rtl$/i.test(root(document)?.getAttribute('dir') ?? '');
  let host = null;
  let pattern = null;
  let group = null;
  let tip = null;
  let observer = null;
  /** The one element beside the page's body; made when there is something to mark. */
  function createHost() {
    if (host) {
      if (!host.isConnected) root(document).append(host);
      return;
    }
    host = styled(
      make('div'),
      'all:initial!important;display:block!important;position:absolute!important;' +
        'inset:0 auto auto 0!important;width:0!important;height:0!important;z-index:5!important;' +
        'color-scheme:light dark!important;',
    );
    state.shadow = host.attachShadow({ mode: 'closed' });
    group = make('div');
    for (const [name, value] of [
      ['role', 'group'],
      ['aria-label', texts().region],
      ['lang', texts().lang],
      ['dir', texts().dir],
    ]) {
      group.setAttribute(name, value);
    }
    tip = styled(make('div'), TIP);
    for (const [name, value] of [
      ['role', 'tooltip'],
      ['popover', 'manual'],
      ['id', 'why'],
    ]) {
      tip.setAttribute(name, value);
    }
    group.append(tip);
    state.shadow.append(group);
    // Until a mark has its place it takes none and is not shown; the browser tells when the card is laid out.
    pattern = dot();
    pattern.style.visibility = 'hidden';
    const markOf = (event) => event.target.closest?.('button');
    const on = (name, work) => state.shadow.addEventListener(name, measured(work));
    on('pointerover', (event) =>
      markOf(event) ? show(markOf(event)) : event.target.closest('[popover]') && clearTimeout(tip.leaving),
    );
    on('pointerout', () => {
      tip.leaving = setTimeout(() => shownFor !== focused && hide(), 250);
    });
    on('focusin', (event) => {
      if (markOf(event)) show((focused = markOf(event)), true);
    });
    on('focusout', () => {
      focused = null;
      hide();
    });
    on('click', (event) => {
      if (markOf(event)) show(markOf(event));
    });
    // Events on a mark are not the page's to handle.
    for (const name of ['click', 'pointerdown', 'mousedown', 'keydown', 'keyup']) {
      on(name, (event) => event.stopPropagation());
    }
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Escape' && shownFor) hide();
      },
      true,
    );
    root(document).append(host);
    observer = new IntersectionObserver(measured(place));
    addEventListener('resize', measure);
    for (const name of ['scroll', 'load', 'transitionend', 'animationend', 'toggle']) {
      addEventListener(
        name,
        (event) => {
          if (event.target !== document || name !== 'scroll') measure();
        },
        { capture: true, passive: true },
      );
    }
    new ResizeObserver(measure).observe(root(document));
  }
  let waiting = 0;
  let focused = null;
  let shownFor = null;
  const keys = new WeakMap();

  function mark(key, card, { title, lines }) {
    if (state.marks.size >= MOST.marks || state.marks.has(key) || !card.isConnected) return;
    createHost();
    const button = pattern.cloneNode(true);
    button.setAttribute('aria-label', [title, ...lines].join('. '));
    state.marks.set(key, { card: null, button, title, lines, at: '', shown: false });
    group.append(button);
    moveTo(state.marks.get(key), card, key);
  }

  function moveTo(mark, card, key = keys.get(mark.card)) {
    if (mark.card) observer.unobserve(mark.card);
    mark.card = card;
    keys.set(card, key);
    measure();
  }

  function drop(key) {
    const mark = state.marks.get(key);
    if (!mark) return;
    if (shownFor === mark.button) hide();
    observer.unobserve(mark.card);
    mark.button.remove();
    state.marks.delete(key);
  }

  /**
   * Measures all marked cards, once per frame. The observer reports after the browser's own layout, so none is forced,
   * as asking for a box would.
   */
  function measure() {
    waiting ||= requestAnimationFrame(
      measured(() => {
        waiting = 0;
        if (!state.marks.size) return;
        if (!host.isConnected) root(document).append(host);
        observer.disconnect();
        observer.observe(host);
        for (const { card } of state.marks.values()) observer.observe(card);
      }),
    );
  }

  /**
   * Puts marks on the upper corner of their cards. Entries without the host's own come of scrolling: nothing moved
   * against it then.
   */
  function place(entries) {
    const from = entries.findLast((entry) => entry.target === host)?.boundingClientRect;
    for (const {
      target,
      boundingClientRect: box,
      intersectionRect: rest,
      rootBounds: view,
      isIntersecting,
    } of entries) {
      const mark = state.marks.get(keys.get(target));
      if (mark?.card !== target) continue;
      const inView =
        !view || (box.bottom > view.top && box.top < view.bottom && box.right > view.left && box.left < view.right);
      // A corner cut off by a part that scrolls, not by the edge of the view, has no mark: it would lie on something
      // else.
      const cut =
        view &&
        box.top >= view.top &&
        box.left >= view.left &&
        box.right <= view.right &&
        Math.max(rest.top - box.top, backwards ? box.right - rest.right : rest.left - box.left) > 14;
      const shown = box.width > 0 && box.height > 0 && ((isIntersecting && !cut) || !inView);
      const side = backwards ? box.right - 28 : box.left + 4;
      const at = from
        ? `translate(${Math.round(side - from.left)}px,${Math.round(box.top + 4 - from.top)}px)`
        : mark.at;
      if (at !== mark.at) mark.button.style.transform = at;
      if (shown !== mark.shown) mark.button.style.visibility = shown ? 'visible' : 'hidden';
      Object.assign(mark, { at, shown });
    }
  }

  function show(button, ring = false) {
    clearTimeout(tip.leaving);
    if (ring && button.matches(':focus-visible')) button.style.boxShadow = '0 0 0 3px light-dark(#0B6BCB,#8CC4FF)';
    if (shownFor === button) return;
    if (shownFor) hide();
    const mark = Array.from(state.marks.values()).find((each) => each.button === button);
    if (!mark) return;
    const head = styled(make('strong'), 'display:block;font-weight:650;');
    head.textContent = mark.title;
    tip.replaceChildren(
      head,
      ...mark.lines.map((line) => {
        const reason = styled(make('div'), 'margin-block-start:4px;unicode-bidi:plaintext;');
        reason.textContent = line;
        return reason;
      }),
    );
    shownFor = button;
    // The page's part of the window: what a scroll bar takes is not in it.
    const wide = (visualViewport?.width ?? innerWidth) * (visualViewport?.scale ?? 1);
    tip.style.maxWidth = `${Math.min(320, wide - 16)}px`;
    tip.showPopover();
    const [at, box] = [button.getBoundingClientRect(), tip.getBoundingClientRect()];
    const left = Math.max(8, Math.min(backwards ? at.right - box.width : at.left, wide - box.width - 8));
    const below = at.bottom + 6 + box.height <= innerHeight || at.top < box.height + 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${below ? at.bottom + 6 : at.top - 6 - box.height}px`;
  }

  function hide() {
    if (shownFor) shownFor.style.boxShadow = '0 0 0 1px light-dark(#7A837D,#74837C)';
    shownFor = null;
    tip.hidePopover();
  }
  return { mark, moveTo, drop, measure };
};
