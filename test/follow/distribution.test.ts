import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import {
  firstDistribution,
  nextDistribution,
  USUAL_DISTRIBUTION_PATIENCE,
  type DistributionCourse,
  type DistributionRules,
  type DistributionSight,
} from '../../src/follow/distribution.js';
import { tellDistribution, type DistributionEvent } from '../../src/follow/distribution-event.js';
import type { RequiredDistributionPoints } from '../../src/follow/follow-settings.js';
import type { PackageOnPoint } from '../../src/site/distribution-points.js';
import type { PackageId } from '../../src/site/identifiers.js';

const IMAGE = 'LAB00010' as PackageId;
const MINUTE = 60_000;
const ALL: RequiredDistributionPoints = { kind: 'all' };

/** `dp01`: a point with the new version, 5, unless it is told otherwise. */
const point = (name: string, changes: Partial<PackageOnPoint> = {}): PackageOnPoint => ({
  packageId: IMAGE,
  server: `${name}.lab.example`,
  key: name,
  activity: 'at-rest',
  state: 0,
  sourceVersion: 5,
  summaryDate: undefined,
  ...changes,
});
const failed = (name: string): PackageOnPoint => point(name, { activity: 'failed', state: 3 });
const older = (name: string): PackageOnPoint => point(name, { sourceVersion: 4 });

const sight = (points: readonly PackageOnPoint[], sourceVersion = 5): DistributionSight => ({
  points,
  sources: [{ packageId: IMAGE, sourceVersion }],
});
const rules = (required: RequiredDistributionPoints): DistributionRules => ({
  required,
  patience: USUAL_DISTRIBUTION_PATIENCE,
});

/** What becomes of a package at version 4, of which these are seen, one each ten minutes. */
function after(
  sights: readonly DistributionSight[],
  required: RequiredDistributionPoints = ALL,
  versionBefore: number | undefined = 4,
): DistributionCourse {
  return sights.reduce(
    (course, each, place) => nextDistribution(course, each, rules(required), place * 10 * MINUTE),
    firstDistribution(IMAGE, versionBefore, 0),
  );
}
const phaseAfter = (...args: Parameters<typeof after>): string => after(...args).phase;
const times = <Item>(count: number, item: Item): readonly Item[] => Array.from({ length: count }, () => item);

suite('the distribution of an image', () => {
  test('is over when every point has the new version or a later one', () => {
    assert.equal(phaseAfter([sight([point('dp01'), point('dp02', { sourceVersion: 6 })])]), 'distributed');
    assert.equal(phaseAfter([sight([point('dp01'), older('dp02')])]), 'distributing');
    assert.equal(phaseAfter([sight([point('dp01', { activity: 'working', state: 7 })])]), 'distributing');
  });

  test('waits for the version to rise, but not for ever', () => {
    assert.equal(phaseAfter([sight([older('dp01')], 4)]), 'rising');
    assert.equal(phaseAfter([sight([older('dp01')], 4), sight([older('dp01')], 4)]), 'unchanged');
    assert.equal(after([sight([], 4), sight([older('dp01')], 5)]).version, 5);
  });

  test('without a reading from before goes by the version after the grace time', () => {
    const first = nextDistribution(
      firstDistribution(IMAGE, undefined, 0),
      sight([point('dp01')]),
      rules(ALL),
      0,
    );
    assert.equal(first.phase, 'rising');
    const later = nextDistribution(first, sight([point('dp01')]), rules(ALL), 10 * MINUTE);
    assert.deepEqual([later.phase, later.version], ['distributed', 5]);
  });

  test('fails only when a point is still failed after the site could try again', () => {
    const broken = sight([point('dp01'), failed('dp02')]);
    assert.equal(phaseAfter(times(4, broken)), 'distributing');
    const course = after(times(5, broken));
    assert.equal(course.phase, 'failed');
    assert.deepEqual(
      course.points.filter(({ isFinal }) => isFinal).map(({ server }) => server),
      ['dp02.lab.example'],
    );
    assert.equal(phaseAfter([...times(4, broken), sight([older('dp02')]), broken]), 'distributing');
  });

  test('ignores a point that loses the package', () => {
    const removed = point('dp02', { activity: 'removing', state: 4, sourceVersion: 4 });
    assert.equal(phaseAfter([sight([point('dp01'), removed])]), 'distributed');
    assert.equal(phaseAfter([sight([removed]), sight([removed])]), 'no-targets');
  });

  test('without any point says so', () => {
    assert.equal(phaseAfter([sight([])]), 'distributing');
    assert.equal(phaseAfter([sight([]), sight([])]), 'no-targets');
  });

  test('needs a percentage of the points, rounded up', () => {
    const required = { kind: 'percentage', percentage: 60 } as const;
    const [one, two, three] = [point('dp01'), point('dp02'), older('dp03')];
    assert.equal(phaseAfter([sight([one, two, three])], required), 'distributed');
    assert.equal(phaseAfter([sight([one, older('dp02'), three])], required), 'distributing');
    assert.equal(phaseAfter(times(5, sight([one, failed('dp02'), failed('dp03')])), required), 'failed');
  });

  test('needs the points that are named, in full or in short', () => {
    const required = { kind: 'names', names: ['DP01', 'dp02.lab.example'] } as const;
    assert.equal(
      phaseAfter([sight([point('dp01'), point('dp02'), failed('dp03')])], required),
      'distributed',
    );
    const course = after(times(5, sight([point('dp01')])), required);
    assert.equal(course.phase, 'failed');
    assert.deepEqual(
      course.points.map(({ server, status }) => [server, status]),
      [
        ['dp01.lab.example', 'installed'],
        ['dp02.lab.example', 'absent'],
      ],
    );
  });

  test('is told once for each change', () => {
    const events: DistributionEvent[] = [];
    let course = firstDistribution(IMAGE, 4, 0);
    const sights = [
      sight([older('dp01')], 4),
      ...times(3, sight([older('dp01'), failed('dp02')])),
      ...times(2, sight([point('dp01'), older('dp02')])),
      sight([point('dp01'), point('dp02')]),
    ];
    for (const [place, each] of sights.entries()) {
      const next = nextDistribution(course, each, rules(ALL), place * MINUTE);
      tellDistribution((event) => events.push(event), [course], [next]);
      course = next;
    }
    assert.deepEqual(
      events.map((event) =>
        event.kind === 'point' ? `${event.point.key} ${event.point.status}` : event.kind,
      ),
      [
        'new-version',
        'dp02 failed',
        'dp01 installed',
        'dp02 in-progress',
        'dp02 installed',
        'distribution-over',
      ],
    );
  });

  const anyPoint = (name: string): fc.Arbitrary<PackageOnPoint> =>
    fc
      .record({
        activity: fc.constantFrom<PackageOnPoint['activity']>(
          'at-rest',
          'working',
          'failed',
          'removing',
          'unknown',
        ),
        sourceVersion: fc.constantFrom(undefined, 4, 5, 6),
      })
      .map((changes) => point(name, changes));
  const anySight = fc
    .tuple(fc.subarray(['dp01', 'dp02', 'dp03']), anyPoint('dp01'), anyPoint('dp02'), anyPoint('dp03'))
    .map(([names, ...points]) => sight(points.filter(({ key }) => names.includes(key))));
  const anyRequired = fc.oneof(
    fc.constant(ALL),
    fc.integer({ min: 1, max: 100 }).map((percentage) => ({ kind: 'percentage', percentage }) as const),
    fc.constant({ kind: 'names', names: ['dp01', 'dp09'] } as const),
  );

  test('is never called distributed while a point that it needs lacks the version in the last sight', () => {
    fc.assert(
      fc.property(fc.array(anySight, { minLength: 1, maxLength: 20 }), (sights) => {
        let course = firstDistribution(IMAGE, 4, 0);
        for (const [place, each] of sights.entries()) {
          course = nextDistribution(course, each, rules(ALL), place * MINUTE);
          if (course.phase === 'distributed') {
            const counted = each.points.filter(({ activity }) => activity !== 'removing');
            const haveIt = counted.filter(
              (one) => one.activity === 'at-rest' && (one.sourceVersion ?? 0) >= 5,
            );
            assert.equal(haveIt.length, counted.length);
            return;
          }
        }
      }),
    );
  });

  test('ends once the site shows the same for hours, unless a point is still on its way', () => {
    fc.assert(
      fc.property(fc.array(anySight, { maxLength: 10 }), anySight, anyRequired, (sights, last, required) => {
        const course = after([...sights, ...times(30, last)], required);
        const waits = course.points.some(({ status }) => status === 'in-progress');
        assert.ok(course.phase !== 'rising');
        assert.equal(course.phase === 'distributing' && !waits, false);
      }),
    );
  });
});
