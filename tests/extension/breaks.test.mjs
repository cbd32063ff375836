import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakDue, continued, postponed } from '../../extension/lib/breaks.js';

const minutes = (count) => count * 60_000;
const looked = (...times) => times.reduce((stretch, at) => continued(stretch, minutes(at)), undefined);

test('a break is due after fifty minutes without a pause of fifteen', () => {
  const ten = [0, 10, 20, 30, 40, 49];
  assert.equal(breakDue(looked(...ten), minutes(49)), 0);
  assert.equal(breakDue(looked(...ten, 50), minutes(50)), 50);
  assert.equal(breakDue(looked(...ten, 52), minutes(52)), 52);
  assert.equal(breakDue(looked(0, 10, 20, 36, 46, 56), minutes(56)), 0, 'there was a pause');
  assert.equal(breakDue(looked(...ten, 52), minutes(70)), 0, 'the break has been taken');
  assert.equal(breakDue(undefined, 0), 0);
});

test('"Not now" keeps quiet for a quarter of an hour, and a clock set back begins anew', () => {
  const stretch = postponed(looked(0, 10, 20, 30, 40, 52), minutes(52));
  assert.equal(breakDue(stretch, minutes(60)), 0);
  assert.equal(breakDue(continued(continued(stretch, minutes(60)), minutes(68)), minutes(68)), 68);
  assert.deepEqual(continued(stretch, minutes(5)), { since: minutes(5), last: minutes(5), quiet_until: 0 });
});
