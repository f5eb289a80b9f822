import { describe, expect, it } from '@jest/globals';
import { productOfRouteType } from './route-product.js';

describe('the product of a GTFS route type', () => {
  it.each([
    ['TRAM', [0, 900, 906]],
    ['BUS', [3, 11, 200, 700, 701, 704, 715, 800]],
    ['REGIONAL', [2, 100, 106, 109]],
    ['LONG_DISTANCE', [101, 102, 103, 105]],
    ['OTHER', [1, 4, 5, 7, 12, 99, 400, 1000, 1300, 1400, 1700, 99_999]],
  ])('is %s for %j', (product, types) => {
    expect([...new Set(types.map(productOfRouteType))]).toEqual([product]);
  });
});
