// Pictures of a report, looked at and blacked out in part before they leave (reports/new.html). What is under a box is painted over
// in the picture itself, here: the file that the form sends is redrawn and holds nothing of it. Without this file the form sends
// pictures as they are, and says so.
"use strict";
(() => {
  const inputs = document.querySelectorAll("input[type=file][data-black-out]"), dialog = document.getElementById("black-out");
  if (!inputs.length || !dialog?.showModal || !window.createImageBitmap || !canReplace()) return;
  const texts = dialog.dataset;
  const stage = dialog.querySelector(".stage"), sheet = dialog.querySelector(".sheet"), view = sheet.querySelector("canvas");
  const button = Object.fromEntries(["add", "undo", "zoom", "paint", "leave"].map((name) => [name, dialog.querySelector(`[data-do=${name}]`)]));
  const SHOWN = 2400; // pixels of the longer side on the screen
  const MOST = { pixels: 16_000_000, bytes: 9_500_000 }; // phones draw no larger (Safari: 16.7 million); the server takes 10 MB
  const LEAST = 0.004; // of a side
  const clamp = (value, most = 1) => Math.min(Math.max(value, 0), most);
  const say = (text) => { const live = dialog.querySelector("[role=status]"); live.textContent = ""; setTimeout(() => { live.textContent = text; }, 50); };

  // What is open: the field, the place of the picture among those chosen in it, its boxes as shares of its sides, and the boxes before each change.
  let open = null, busy = false;

  function canReplace() {
    try { return new DataTransfer().items instanceof DataTransferItemList; } catch { return false; }
  }

  /** A picture as it is meant to be seen: a phone writes beside it how it was held. */
  async function decode(file, options = {}) {
    try { return await createImageBitmap(file, { ...options, imageOrientation: "from-image" }); } catch { return createImageBitmap(file); }
  }

  function draw(bitmap, canvas, most) {
    const scale = Math.min(1, most / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  }

  // --- The pictures that are chosen, beside their field
  const listOf = (input) => document.getElementById(`${input.id}-chosen`);
  const noteOf = (input) => document.getElementById(`${input.id}-note`);
  const nameOf = (input, at) => listOf(input).dataset.sayPicture.replace("{number}", at + 1);

  async function showChosen(input) {
    const list = listOf(input);
    list.replaceChildren();
    list.hidden = !input.files.length;
    list.setAttribute("aria-busy", "true");
    for (const [at, file] of [...input.files].entries()) {
      const item = document.createElement("li"), small = document.createElement("canvas"), look = document.createElement("button");
      look.type = "button";
      look.className = "btn btn-quiet";
      look.id = `${input.id}-look-${at}`;
      look.append(dialog.querySelector("template").content.cloneNode(true), texts.sayLook);
      look.setAttribute("aria-label", `${texts.sayLook}: ${nameOf(input, at)}`);
      look.addEventListener("click", () => edit(input, at));
      small.setAttribute("role", "img");
      small.setAttribute("aria-label", nameOf(input, at));
      item.append(small, look);
      list.append(item);
      try {
        const bitmap = await decode(file);
        draw(bitmap, small, 240);
        bitmap.close();
      } catch {
        item.replaceChildren(texts.sayUnreadable.replace("{name}", file.name));
      }
    }
    list.removeAttribute("aria-busy");
  }

  // --- The editor
  async function edit(input, at) {
    const bitmap = await decode(input.files[at]);
    draw(bitmap, view, SHOWN);
    bitmap.close();
    view.setAttribute("aria-label", nameOf(input, at));
    open = { input, at, boxes: [], past: [], zoom: 1 };
    redraw();
    dialog.showModal();
    stage.scrollTo(0, 0);
    stage.focus();
  }

  function redraw(focus) {
    sheet.style.width = `${open.zoom * 100}%`;
    sheet.style.aspectRatio = `${view.width}/${view.height}`;
    for (const box of sheet.querySelectorAll(".black")) box.remove();
    open.boxes.forEach((box, at) => {
      const element = newBox(box);
      element.tabIndex = 0;
      element.setAttribute("role", "img");
      element.setAttribute("aria-label", describe(at));
      element.addEventListener("keydown", (event) => move(event, at));
      if (focus === at) element.focus({ preventScroll: true });
    });
    button.undo.disabled = !open.past.length;
    button.paint.disabled = !open.boxes.length;
    button.leave.textContent = open.boxes.length ? texts.sayDiscard : texts.sayBack;
    button.zoom.querySelector("span").textContent = open.zoom === 1 ? texts.sayLarger : texts.saySmaller;
  }

  function newBox(box) {
    const element = document.createElement("div");
    element.className = "black";
    place(element, box);
    sheet.append(element);
    return element;
  }

  const place = (element, box) => ["left", "top", "width", "height"].forEach((side, at) => { element.style[side] = `${box[at] * 100}%`; });
  const describe = (at) => ["left", "top", "width", "height"].reduce(
    (text, side, which) => text.replace(`{${side}}`, Math.round(open.boxes[at][which] * 100)),
    texts.sayBox.replace("{number}", at + 1),
  );

  function change(edited, focus) {
    open.past.push(open.boxes.map((box) => [...box]));
    edited();
    redraw(focus);
  }

  /** A box in the middle of what is in view. */
  function add() {
    const [wide, high] = [sheet.clientWidth, sheet.clientHeight], size = [Math.min(0.3, 160 / wide), Math.min(0.5, 48 / high)];
    const left = clamp((stage.scrollLeft + Math.min(stage.clientWidth, wide) / 2) / wide - size[0] / 2, 1 - size[0]);
    const top = clamp((stage.scrollTop + Math.min(stage.clientHeight, high) / 2) / high - size[1] / 2, 1 - size[1]);
    change(() => open.boxes.push([left, top, ...size]), open.boxes.length);
    say(describe(open.boxes.length - 1));
  }

  function undo() {
    if (!open.past.length) return;
    open.boxes = open.past.pop();
    redraw();
    (open.past.length ? button.undo : stage).focus();
    say(texts.sayUndone);
  }

  /** Arrow keys move a box, with Shift they resize it, with Ctrl in small steps; Delete removes it. */
  function move(event, at) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      change(() => open.boxes.splice(at, 1));
      stage.focus();
      return;
    }
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0, down = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (!across && !down) return;
    event.preventDefault();
    const step = event.ctrlKey || event.metaKey ? 2 : 10, box = open.boxes[at]; // pixels on the screen
    const [right, below] = [(across * step) / sheet.clientWidth, (down * step) / sheet.clientHeight];
    change(() => {
      if (event.shiftKey) {
        box[2] = Math.max(LEAST, clamp(box[2] + right, 1 - box[0]));
        box[3] = Math.max(LEAST, clamp(box[3] + below, 1 - box[1]));
      } else {
        box[0] = clamp(box[0] + right, 1 - box[2]);
        box[1] = clamp(box[1] + below, 1 - box[3]);
      }
    }, at);
    say(describe(at));
  }

  // Drawing with a mouse, a pen or one finger; two fingers move the picture.
  const fingers = new Map();
  let start = null, drawn = null;
  const at = (event) => {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    return [clamp((event.clientX - left) / width), clamp((event.clientY - top) / height)];
  };
  const between = ([x, y]) => [Math.min(x, start[0]), Math.min(y, start[1]), Math.abs(x - start[0]), Math.abs(y - start[1])];
  const cancel = () => { drawn?.remove(); start = drawn = null; };
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size > 1) { cancel(); return; }
    sheet.setPointerCapture(event.pointerId);
    start = at(event);
    drawn = newBox([...start, 0, 0]);
  });
  sheet.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size > 1) {
      stage.scrollLeft -= (event.clientX - before[0]) / fingers.size;
      stage.scrollTop -= (event.clientY - before[1]) / fingers.size;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
    } else if (start) place(drawn, between(at(event)));
  });
  const end = (event) => {
    fingers.delete(event.pointerId);
    if (!start || event.type === "pointercancel") { cancel(); return; }
    const box = between(at(event));
    cancel();
    if (box[2] * sheet.clientWidth > 4 && box[3] * sheet.clientHeight > 4) change(() => open.boxes.push(box), open.boxes.length);
  };
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", end);

  // --- Painting: the picture is redrawn, and replaces the file that was chosen.
  async function painted(file, boxes) {
    const bitmap = await decode(file), canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
    const scale = Math.min(1, Math.sqrt(MOST.pixels / (bitmap.width * bitmap.height)));
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    for (const [left, top, width, height] of boxes) {
      const [x, y] = [Math.floor(left * canvas.width), Math.floor(top * canvas.height)];
      brush.fillRect(x, y, Math.ceil((left + width) * canvas.width) - x, Math.ceil((top + height) * canvas.height) - y);
    }
    for (const quality of [0.9, 0.75, 0.5, 0.3]) {
      const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality); });
      if (!blob) throw new Error("This browser could not write the picture.");
      if (blob.size <= MOST.bytes || quality === 0.3) return new File([blob], "picture.jpg", { type: "image/jpeg" });
    }
    return undefined;
  }

  /** Puts a file in the place of the one chosen; with none, that picture is chosen no more. */
  function replace(input, where, file) {
    const files = new DataTransfer();
    for (const [place, chosen] of [...input.files].entries()) {
      if (place !== where) files.items.add(chosen);
      else if (file) files.items.add(file);
    }
    input.files = files.files;
  }

  async function paint() {
    const { input, at: where, boxes } = open;
    busy = button.paint.disabled = button.leave.disabled = true;
    let file = null;
    try { file = await painted(input.files[where], boxes); } catch { /* what was to be covered must not leave: the picture goes */ }
    replace(input, where, file);
    busy = button.leave.disabled = false;
    dialog.close();
    await showChosen(input);
    const note = noteOf(input);
    note.textContent = file ? texts.sayPainted : texts.sayRemoved;
    note.hidden = false;
    (document.getElementById(`${input.id}-look-${where}`) ?? input).focus();
  }

  button.add.addEventListener("click", add);
  button.undo.addEventListener("click", undo);
  button.zoom.addEventListener("click", () => { open.zoom = open.zoom === 1 ? 2.5 : 1; redraw(); });
  button.paint.addEventListener("click", paint);
  button.leave.addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", (event) => { // Escape
    if (busy || open.boxes.length) event.preventDefault();
    if (!busy) undo();
  });
  dialog.addEventListener("close", () => { open = null; cancel(); fingers.clear(); view.width = view.height = 0; });
  dialog.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); undo(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.stopPropagation(); // sends no report from here
  });
  for (const input of inputs) {
    input.addEventListener("change", () => { noteOf(input).hidden = true; showChosen(input); });
    input.form.addEventListener("submit", (event) => { if (open || busy) event.preventDefault(); }); // half-drawn boxes send nothing
    if (input.files.length) showChosen(input); // the browser kept them when the page was left and come back to
  }
})();
