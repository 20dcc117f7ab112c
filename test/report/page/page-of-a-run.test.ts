import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { nothingKnown } from '../../../src/plan/known.js';
import { htmlPage } from '../../../src/report/page/html-page.js';
import { pageModelOf } from '../../../src/verbs/service/page-model.js';
import { REQUEST, runOnce, small } from '../../servicing/site-afterwards.js';
import { siteUnderTest } from '../../site-under-test.js';
import { FRAME, serviceRequest } from '../report-under-test.js';

suite('the page of a run of service', () => {
  test('has the image, its schedule, and its updates by index', async (t) => {
    const site = await siteUnderTest(t, small());
    const { run } = await runOnce(site, {});
    const model = pageModelOf(run, serviceRequest(), { events: site.progress, moments: [] }, FRAME);
    assert.equal(model.state, 'scheduled');
    assert.equal(model.provider, 'cm01.corp.example.com');
    const [image] = model.images ?? [];
    assert.match(image?.packageId ?? '', /^LAB/);
    assert.notEqual(image?.scheduleId, undefined);
    const results = new Set(image?.updates?.flatMap((each) => each.results.map(({ result }) => result)));
    assert.deepEqual([...results], ['scheduled']);
    assert.equal(image?.phases, undefined);
    assert.ok(!htmlPage(model).includes('hunter2'));
  });

  test('of a run that failed early has its error, and says that the images are not known', () => {
    const error = { code: 'OS599', what: 'It broke', cause: 'A cause.', next: 'Do it.' } as const;
    const run = {
      kind: 'failed',
      known: nothingKnown(REQUEST),
      errors: [error],
      left: [],
      removed: [],
    } as const;
    const model = pageModelOf(run, serviceRequest(), { events: [], moments: [] }, FRAME);
    assert.deepEqual([model.state, model.images, model.site], ['failed', undefined, undefined]);
    assert.match(htmlPage(model), /It broke[^]*A cause\.[^]*Do it\./);
  });
});
