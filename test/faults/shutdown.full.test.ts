/** The rarer ways in which a client goes, with calls under way. */
import { describe } from 'vitest';
import { endsWhilePicturesAreDecoded, endsWithCallsUnderWay, WAYS } from './shutdown.ts';

describe('with calls under way', () => {
  endsWithCallsUnderWay(WAYS.slice(2, 4));
});

describe('while a picture is decoded', () => {
  endsWhilePicturesAreDecoded(WAYS.slice(1, 2));
});
