import { describe, expect, it } from 'vitest';

import { cutShared, sharedEnds } from './labels.ts';

const atMost = (letters: number) => (text: string) => text.length <= letters;
const cut = (names: string[], letters: number) => {
  const shared = sharedEnds(names);
  return names.map((name) => cutShared(name, shared, atMost(letters)));
};

describe('cutShared', () => {
  it('leaves a name that fits', () => {
    expect(cut(['api.acme.example', 'www.acme.example'], 16)).toEqual([
      'api.acme.example',
      'www.acme.example',
    ]);
  });

  it('keeps what only a few of many share, since it tells those from the rest', () => {
    const names = ['kobuki a1', 'kobuki b2', 'misty c3', 'brunelhand d4', 'crazyflie e5'];
    expect(cut(names, 6)).toEqual([null, null, null, null, null]);
  });

  it('keeps what differs of names that end alike', () => {
    const names = ['api', 'www', 'maps'].map((host) => `${host}.acme-robotics.example`);
    expect(cut(names, 10)).toEqual(['api.…', 'www.…', 'maps.…']);
  });

  it('keeps what differs of names that begin alike', () => {
    expect(cut(['planner-blue-c36c', 'planner-blue-9d01'], 9)).toEqual(['…-c36c', '…-9d01']);
  });

  it('cuts both ends where one is not enough', () => {
    const names = ['lab-api-eu.acme.example', 'lab-web-eu.acme.example'];
    expect(cut(names, 8)).toEqual(['…-api-…', '…-web-…']);
  });

  it('cuts an end that only most of them share, and no more than is needed', () => {
    const names = ['api.lab.acme.example', 'www.lab.acme.example', 'shop.example'];
    expect(cut(names, 13)).toEqual(['api.…', 'www.…', 'shop.example']);
    expect(cut(names, 14)).toEqual(['api.lab.acme.…', 'www.lab.acme.…', 'shop.example']);
  });

  it('cuts the shared end itself no further than its own parts', () => {
    expect(cut(['acme-robotics.example', 'api.acme-robotics.example'], 10)).toEqual(['acme-…', 'api.…']);
  });

  it('says so where nothing shared makes a name fit', () => {
    expect(cut(['unlike', 'another'], 3)).toEqual([null, null]);
  });

  it('never cuts a name to nothing, nor within a word', () => {
    expect(cut(['same-name', 'same-name'], 6)).toEqual(['same-…', 'same-…']);
    expect(cut(['interface', 'internet'], 5)).toEqual([null, null]);
  });
});
