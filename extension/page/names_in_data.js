/** Learns who is signed in from a page's structured data: who acts, who bought, where it is sent. */
(globalThis.cyberSpotterPage ??= {}).learnFromData = ({ everywhere, tidy, learn, telling, streets }) => {
  const BOUGHT = /^(?:order|invoice|parceldelivery|emailmessage|\w*reservation|ticket)$/i;
  const SENT = /^(?:shippingDestination|deliveryAddress|shippingAddress|billingAddress|deliverTo|destination)$/i;
  const VIEWS = new RegExp(
    String.raw`^(?:viewer|user|visitor|currentUser|loggedInUser|customer|buyer|agent|participant|` +
      String.raw`recipient|underName|broker|sender)$`,
    'i',
  );
  const structured = (node, whose, depth = 0) => {
    if (!node || typeof node !== 'object' || depth > 12) return;
    const bought = [].concat(node['@type'] ?? []).some((type) => BOUGHT.test(String(type).replace(/^.*[/#:]/, '')));
    for (const [key, value] of Object.entries(node)) {
      const theirs =
        whose || SENT.test(key) || (VIEWS.test(key) && (bought || depth > 0 || /viewer|user|visitor/i.test(key)));
      if (theirs && typeof value === 'string') {
        const full = tidy(value);
        if (/^(?:name|alternateName|givenName|familyName|identifier|@?id|userId|login)$/i.test(key)) {
          if (telling(full) && !/^https?:/.test(full)) learn(full);
        } else if (/^(?:email|telephone)$/i.test(key)) {
          learn(full);
        } else if (/^(?:streetAddress|address)$/i.test(key) || SENT.test(key)) {
          streets(full).forEach(learn);
        }
      } else {
        structured(value, theirs, depth + 1);
      }
    }
  };
  for (const script of everywhere('script[type*="ld+json" i]')) {
    try {
      structured(JSON.parse(script.textContent), false);
    } catch {
      /* what cannot be read here says nothing */
    }
  }
};
