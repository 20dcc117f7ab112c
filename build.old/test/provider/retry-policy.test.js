import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RETRY_POLICY } from '../../src/hosts/open-connection.js';
import { delayBefore } from '../../src/provider/retry-policy.js';
suite('the pause before a request is sent again', () => {
    const policy = { attempts: 8, firstDelayMilliseconds: 1_000, longestDelayMilliseconds: 15_000 };
    const delays = (random) => [2, 3, 4, 5, 6, 7, 8].map((attempt) => delayBefore(attempt, policy, () => random));
    test('begins with the first delay, doubles, and stays at the longest', () => {
        assert.deepEqual(delays(1), [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    });
    test('is half fixed and half by chance, so that many runners do not come back together', () => {
        assert.deepEqual(delays(0), [500, 1_000, 2_000, 4_000, 7_500, 7_500, 7_500]);
        assert.deepEqual(delays(0.5), [750, 1_500, 3_000, 6_000, 11_250, 11_250, 11_250]);
    });
    test('is that of the product for four attempts', () => {
        const ofProduct = [2, 3, 4].map((attempt) => delayBefore(attempt, RETRY_POLICY, () => 1));
        assert.deepEqual([RETRY_POLICY.attempts, ...ofProduct], [4, 1_000, 2_000, 4_000]);
    });
});
//# sourceMappingURL=retry-policy.test.js.map