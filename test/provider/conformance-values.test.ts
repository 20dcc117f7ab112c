import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import fc from 'fast-check';

import type { Instance } from '../../src/provider/instance.js';
import type { Change, Create, SmsProvider } from '../../src/provider/port.js';
import type { EmbeddedObject, KeyProperties, TypedProperties } from '../../src/provider/cim-value.js';
import { embeddedObjectOf, embeddedObjectsOf } from '../../src/site/property-reading.js';
import type { ClassChange } from '../../src/simulator/site-description.js';
import { smallSite, SMALL } from '../simulator/small-site.js';
import { CONNECTIONS, siteUnderTest, type SiteUnderTest } from '../site-under-test.js';
import { asItIs, done, get, NEVER, refusal, text, uint32 } from './operations.js';

const GROUP = 'SMS_AuthorizationList';

/** Properties that no documented class of the simulated site has, so that every type is written and read. */
const MORE: ClassChange = {
  class: GROUP,
  absent: false,
  removeProperties: [],
  removeMethods: [],
  removeParameters: [],
  addProperties: [
    { name: 'Notes', type: 'String', array: true },
    { name: 'Offsets', type: 'SInt32', array: true },
    { name: 'Answers', type: 'Boolean', array: true },
    { name: 'Days', type: 'DateTime', array: true },
    { name: 'Due', type: 'DateTime' },
    { name: 'Remark', type: 'String' },
    { name: 'Window', type: 'Instance', class: 'SMS_ScheduleToken' },
    { name: 'Windows', type: 'Instance', class: 'SMS_ScheduleToken', array: true },
  ],
};

const WRITABLE = ['Updates', 'LocalizedInformation', ...MORE.addProperties.map(({ name }) => name)];

/** Texts that mean something to PowerShell, to JSON, to OData or to a line. */
const HOSTILE = [
  `"'\`$(throw 1)\${env:PATH}`,
  'first\r\nsecond\tthird',
  '2024-01-10T08:00:00Z',
  'uint32:7',
  '{"class":"SMS_X"}',
  '#AdminService.SMS_X',
  '教室 🙂 \u{10FFFF}',
  '',
];

const localized = (name: string, description = ''): EmbeddedObject => ({
  class: 'SMS_CI_LocalizedProperties',
  properties: { DisplayName: text(name), Description: text(description), LocaleID: uint32(1033) },
});

const WEEKLY: EmbeddedObject = {
  class: 'SMS_ST_RecurWeekly',
  properties: {
    StartTime: { cim: 'datetime', value: Date.UTC(2026, 1, 3, 4, 5, 6) },
    Day: uint32(2),
    IsGMT: { cim: 'boolean', value: true },
  },
};

const ONCE: EmbeddedObject = { class: 'SMS_ST_NonRecurring', properties: { HourDuration: uint32(3) } };

const ALL_TYPES: TypedProperties = {
  Updates: { cim: 'uint32[]', value: [SMALL.usable, 4_294_967_295] },
  LocalizedInformation: { cim: 'object[]', value: [localized('June', 'of 2026')] },
  Notes: { cim: 'string[]', value: HOSTILE },
  Offsets: { cim: 'sint32[]', value: [-2_147_483_648] },
  Answers: { cim: 'boolean[]', value: [true, false] },
  Days: { cim: 'datetime[]', value: [Date.UTC(2026, 5, 9)] },
  Due: { cim: 'datetime', value: Date.UTC(2026, 5, 9, 18, 30, 15) },
  Window: { cim: 'object', value: WEEKLY },
  Windows: { cim: 'object[]', value: [ONCE, WEEKLY] },
};

const create = (properties: TypedProperties): Create<Instance> => ({
  verb: 'create',
  class: GROUP,
  keyFrom: 'site',
  properties,
  decode: asItIs,
});

const change = (key: KeyProperties, properties: TypedProperties): Change => ({
  verb: 'change',
  class: GROUP,
  key,
  properties,
  writable: WRITABLE,
});

for (const { connection, skip } of CONNECTIONS) {
  const connected = async (t: TestContext): Promise<SiteUnderTest> =>
    siteUnderTest(t, {
      connection,
      simulator: { component: 'off', description: { ...smallSite(), classes: [MORE] } },
    });
  const made = async (provider: SmsProvider, properties: TypedProperties): Promise<KeyProperties> => {
    const [group] = await provider.run([create(properties)], 'in-order', NEVER);
    return { CI_ID: uint32(Number(done(group).get('ci_id'))) };
  };
  const readBack = async (provider: SmsProvider, key: KeyProperties): Promise<Instance> =>
    done((await provider.run([get(GROUP, key)], 'unordered', NEVER))[0]);
  const check = (name: string, run: (t: TestContext) => Promise<void>): void => {
    test(name, { skip }, run);
  };

  suite(`arrays and embedded objects, over ${connection}`, () => {
    check('an update group is created whole, and a change of its updates keeps its texts', async (t) => {
      const { provider } = await connected(t);
      const key = await made(provider, {
        Updates: { cim: 'uint32[]', value: [SMALL.usable] },
        LocalizedInformation: { cim: 'object[]', value: [localized('June', 'of 2026')] },
      });
      const one = await readBack(provider, key);
      assert.equal(one.get('localizeddisplayname'), 'June');
      assert.deepEqual(one.get('updates'), [SMALL.usable]);
      const two = { Updates: { cim: 'uint32[]', value: [SMALL.usable, SMALL.second] } } as const;
      done((await provider.run([change(key, two)], 'unordered', NEVER))[0]);
      const after = await readBack(provider, key);
      assert.deepEqual(after.get('updates'), [SMALL.usable, SMALL.second]);
      assert.equal(after.get('numberofupdates'), 2);
      for (const name of ['localizeddisplayname', 'localizeddescription', 'localizedinformation'])
        assert.deepEqual(after.get(name), one.get(name), name);
    });

    check('values of every type are at the site as they were written, and read as they are', async (t) => {
      const { provider, simulator } = await connected(t);
      const key = await made(provider, ALL_TYPES);
      const kept = simulator.state.object(GROUP, { CI_ID: key['CI_ID']?.value ?? 0 }) ?? assert.fail();
      assert.deepEqual(kept['Notes'], HOSTILE);
      assert.deepEqual(kept['Offsets'], [-2_147_483_648]);
      assert.equal(kept['Due'], '2026-06-09T18:30:15Z');
      assert.deepEqual(kept['Window'], {
        '@odata.type': '#AdminService.SMS_ST_RecurWeekly',
        ...NO_TOKEN,
        StartTime: '2026-02-03T04:05:06Z',
        IsGMT: true,
        Day: 2,
        ForNumberOfWeeks: 0,
      });
      const read = await readBack(provider, key);
      for (const name of ['Updates', 'Notes', 'Offsets', 'Answers', 'Days', 'Due'])
        assert.deepEqual(read.get(name.toLowerCase()), kept[name], name);
    });

    check('a change keeps all that it does not name: dates, empty arrays, embedded objects', async (t) => {
      const { provider, simulator } = await connected(t);
      const some = { Updates: ALL_TYPES['Updates'] ?? assert.fail(), Due: ALL_TYPES['Due'] ?? assert.fail() };
      for (const properties of [ALL_TYPES, some, {}]) {
        const key = await made(provider, properties);
        const of = { CI_ID: key['CI_ID']?.value ?? 0 };
        const before = simulator.state.object(GROUP, of) ?? assert.fail();
        done((await provider.run([change(key, { Remark: text('seen') })], 'unordered', NEVER))[0]);
        const { DateLastModified, ...after } = simulator.state.object(GROUP, of) ?? {};
        assert.ok(typeof DateLastModified === 'string');
        assert.deepEqual(
          { ...after, DateLastModified: before['DateLastModified'] },
          { ...before, Remark: 'seen' },
        );
      }
    });

    check('an array of one stays an array, and an array can be emptied', async (t) => {
      const { provider } = await connected(t);
      const one = { cim: 'string[]', value: ['only'] } as const;
      const key = await made(provider, { Notes: one, Windows: { cim: 'object[]', value: [ONCE] } });
      const read = await readBack(provider, key);
      assert.deepEqual(read.get('notes'), ['only']);
      assert.equal((read.get('windows') as readonly unknown[]).length, 1);
      const none = {
        Notes: { cim: 'string[]', value: [] },
        Windows: { cim: 'object[]', value: [] },
      } as const;
      done((await provider.run([change(key, none)], 'unordered', NEVER))[0]);
      const after = await readBack(provider, key);
      assert.deepEqual([after.get('notes'), after.get('windows')], [[], []]);
    });

    check('empty arrays can be created, also for embedded objects', async (t) => {
      const { provider } = await connected(t);
      const none = Object.fromEntries(
        Object.entries(ALL_TYPES).flatMap(([name, { cim }]) =>
          cim.endsWith('[]') ? [[name, { cim, value: [] }]] : [],
        ),
      ) as TypedProperties;
      const key = await made(provider, none);
      const read = await readBack(provider, key);
      for (const name of Object.keys(none)) assert.deepEqual(read.get(name.toLowerCase()), [], name);
    });

    check('a value of another type than the class has is refused, and nothing is made', async (t) => {
      const { provider, simulator } = await connected(t);
      const wrong: readonly TypedProperties[] = [
        { Updates: { cim: 'string[]', value: ['101'] } },
        { Updates: uint32(101) },
        { LocalizedInformation: { cim: 'object', value: localized('one') } },
        { LocalizedInformation: { cim: 'object[]', value: [ONCE] } },
        { Window: { cim: 'object', value: { class: 'SMS_ScheduleToken', properties: {} } } },
        { Window: { cim: 'object', value: { ...ONCE, properties: { NoSuch: text('x') } } } },
      ];
      const before = simulator.state.objects(GROUP).length;
      for (const outcome of await provider.run(wrong.map(create), 'unordered', NEVER)) refusal(outcome);
      assert.equal(simulator.state.objects(GROUP).length, before);
    });

    check('whatever the texts of an array are, they arrive as they are', async (t) => {
      const { provider } = await connected(t);
      const arrays = fc.sample(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), {
        numRuns: 30,
        seed: 20_260_609,
      });
      const groups = arrays.map((value) =>
        create({
          Notes: { cim: 'string[]', value },
          LocalizedInformation: { cim: 'object[]', value: value.map((name) => localized(name)) },
        }),
      );
      const keys = (await provider.run(groups, 'unordered', NEVER)).map((made) => done(made).get('ci_id'));
      const reads = keys.map((key) => get(GROUP, { CI_ID: uint32(Number(key)) }));
      const read = (await provider.run(reads, 'unordered', NEVER)).map(done);
      assert.deepEqual(
        read.map((group) => group.get('notes')),
        arrays,
      );
      assert.deepEqual(
        read.map((group) =>
          embeddedObjectsOf(group, GROUP, 'LocalizedInformation').map(({ properties }) =>
            properties.get('displayname'),
          ),
        ),
        arrays,
      );
    });

    check('objects reach a method as its arguments, except through the administration service', async (t) => {
      const { provider, simulator } = await connected(t);
      const call = {
        verb: 'invoke',
        class: 'SMS_ScheduleMethods',
        method: 'WriteToString',
        arguments: { TokenData: { cim: 'object[]', value: [WEEKLY] } },
        decode: asItIs,
      } as const;
      const [outcome] = await provider.run([call], 'unordered', NEVER);
      assert.ok(outcome.state !== 'done');
      const expected = connection === 'wmi' ? /is not simulated/ : /while reading the parameter 'TokenData'/;
      assert.match(outcome.diagnosis?.what ?? '', expected);
      assert.match(simulator.requests.at(-1)?.body ?? '', /"TokenData":\[\{.*"Day":2/);
    });

    check('a number that its type cannot hold never leaves', async (t) => {
      const { provider, simulator } = await connected(t);
      for (const value of [-1, 4_294_967_296, 1.5, Number.NaN]) {
        const batch = [create({ Updates: { cim: 'uint32[]', value: [SMALL.usable, value] } })];
        await assert.rejects(provider.run(batch, 'unordered', NEVER), RangeError);
      }
      assert.equal(simulator.requests.length, 0);
    });

    check('an embedded object tells its class where another one is declared', async (t) => {
      const { provider } = await connected(t);
      const read = await readBack(provider, await made(provider, ALL_TYPES));
      assert.deepEqual(
        embeddedObjectsOf(read, GROUP, 'Windows').map(({ class: className }) => className),
        ['SMS_ST_NonRecurring', 'SMS_ST_RecurWeekly'],
      );
      const window = embeddedObjectOf(read, GROUP, 'Window');
      assert.equal(window?.class, 'SMS_ST_RecurWeekly');
      assert.equal(window.properties.get('day'), 2);
    });
  });
}

const NO_TOKEN = {
  StartTime: '1970-01-01T00:00:00Z',
  DayDuration: 0,
  HourDuration: 0,
  MinuteDuration: 0,
  IsGMT: false,
};
