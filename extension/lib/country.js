/** The country in a browser's language (`pt-BR`: BR), or the one where it is mostly spoken; null when there is none. */
export function countryOf(language) {
  try {
    const locale = new Intl.Locale(language);
    return locale.region ?? locale.maximize().region ?? null;
  } catch {
    return null;
  }
}
