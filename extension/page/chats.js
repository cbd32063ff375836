/** Covers chats, whole, for they are private; and learns from what is stamped over a page. */
(globalThis.cyberSpotterPage ??= {}).learnFromChats = (page, { ask, cover }) => {
  const { doc, all, everywhere, tidy, closest, tokens, learn, suspect, EMAIL, HANDLE, FULL } = page;
  const CHAT = new RegExp(
    String.raw`(?:^|[^a-z])(?:chats?|chat-?(?:heads?|box|window|panel|list|widget|thread|` +
      String.raw`bubbles?)|messenger|conversation-?(?:list|panel|window|thread)|inbox|direct-?messages?|` +
      String.raw`dm-?(?:list|panel|thread)|message-?(?:list|thread|panel|window|bubbles?)|` +
      String.raw`livechat|live-?chat|speech-?bubbles?)(?:[^a-z]|$)`,
    '',
  );
  const chatty = ['chat', 'messag', 'messenger', 'inbox', 'bubble', 'conversation', 'dm-']
    .flatMap((word) => ['class', 'id', 'data-testid'].map((name) => `[${name}*="${word}" i]`))
    .join();
  for (const element of everywhere(chatty)) {
    if (
      element.matches('a,button,svg,use,html,body,input') ||
      closest(element, 'a,button,[class*="social" i],[class*="share" i]') ||
      !CHAT.test(tokens(element))
    ) {
      continue;
    }
    if (tidy(element.textContent).length > 1 || element.matches('iframe') || element.querySelector('img,iframe')) {
      cover(element);
      for (const named of all('[alt],[aria-label],[title]', element).slice(0, 60)) {
        const label = tidy(
          named.getAttribute('aria-label') ?? named.getAttribute('title') ?? named.getAttribute('alt'),
        );
        ask(label, named);
      }
    }
  }
  for (const element of everywhere(
    '[class*="watermark" i],[id*="watermark" i],[data-testid*="watermark" i],[data-watermark]',
  )) {
    const stamp = tidy(`${element.textContent} · ${element.getAttribute('data-watermark') ?? ''}`);
    for (const part of stamp.split(/\s*[·•|/,;\n]\s*|\s[-–—]\s|\s{2,}/)) {
      const text = part.trim();
      if (EMAIL.test(text) || HANDLE.test(text) || /^#?\d{6,}$/.test(text)) {
        learn(text.replace(/^#/, ''));
      } else if (FULL.test(text) && !tidy(doc.location?.hostname).includes(text.split(' ')[0].toLowerCase())) {
        suspect(text, 'stamp');
      }
    }
  }
};
