// A product in the words of schema.org, as shops state one in their pages.
export const PRODUCT = {
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: 'Grey parrot, hand tame',
  description: 'Talks a little.',
  image: ['/a.jpg', '/b.jpg'],
  offers: {
    '@type': 'Offer',
    price: '1250.00',
    priceCurrency: 'EUR',
    seller: { '@type': 'Person', name: 'birdroom', url: 'https://market.example/u/birdroom' },
    availableAtOrFrom: { address: { addressLocality: 'Lisbon', addressCountry: 'PT' } },
  },
  datePosted: '2026-11-20T10:00:00Z',
};
