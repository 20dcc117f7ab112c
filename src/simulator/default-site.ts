import { seededRandom, type SeededRandom } from './seeded-random.js';
import type {
  GroupDescription,
  ImageDescription,
  ImageUpdateDescription,
  RelationDescription,
  SiteDescription,
  UpdateDescription,
} from './site-description.js';
import { defaultServicing } from './default-servicing.js';
import { makeFamilies, SERVER_2022 } from './default-families.js';
import { UNUSUAL_NAMES } from './default-names.js';
import { defaultImages, SERVER_2022_IMAGE, WINDOWS_7_IMAGE } from './default-images.js';
import {
  fillWithUpdates,
  imageUpdate,
  newUpdate,
  USABLE,
  type Making,
  type UpdateNumbers,
} from './default-updates.js';

export interface DefaultSiteOptions {
  /** The same seed always gives the same site. Default 1. */
  readonly seed?: number;
  /** Software updates of the whole site. Default 5,000; those of the named groups are there in any case. */
  readonly updates?: number;
  /**
   * Adds a group named "Benchmark" with so many updates, all of which can be used for "Windows Server 2022":
   * for each the site holds a status row (*applicable*) on every index of that image.
   */
  readonly groupOf?: number;
  /** Which end of a row of SMS_CIRelation is the newer update. The relation alone does not tell. Default from-newer. */
  readonly supersedence?: Supersedence;
  /**
   * Booleans of a schedule that look like the removal of superseded updates. A real site has one, whose name nobody
   * wrote down; the default is an invented one, and looks it. None, or several: a site that cannot be guessed at.
   */
  readonly cleanupProperties?: readonly string[];
  /** Adds an image and a group for each of `UNUSUAL_NAMES`. Default false. */
  readonly unusualNames?: boolean;
}

export type Supersedence = 'from-newer' | 'from-older';

export const CLEANUP_PROPERTY = 'SimulatedSupersededCleanup';

/** The most updates that a default site is made with. */
export const MOST_UPDATES = 100_000;

const DISTRIBUTION_POINTS = [
  { name: 'dp01.lab.example', siteCode: 'LAB', fails: false },
  { name: 'dp02.lab.example', siteCode: 'LAB', fails: false },
  { name: 'dp01.remote.lab.example', siteCode: 'REM', fails: false },
] as const;

/** A made-up site with the code LAB, for demonstrations and tests. Every name and number in it is invented. */
export function describeDefaultSite(options: DefaultSiteOptions = {}): SiteDescription {
  const random = seededRandom(options.seed ?? 1);
  const images = defaultImages(random, options.unusualNames === true ? UNUSUAL_NAMES : []);
  const numbers: UpdateNumbers = { ciId: 16_777_500 + random.between(0, 400), article: 5_000_000 };
  const updates: UpdateDescription[] = [];
  const relations: RelationDescription[] = [];
  const imageUpdates: ImageUpdateDescription[] = [];
  const make: Making = { random, numbers, updates, relations, imageUpdates };

  const windows7 = makeWindows7(make);
  const server2022 = makeServer2022(make);
  const benchmark = makeBenchmark(make, options.groupOf);
  const families = makeFamilies(seededRandom((options.seed ?? 1) + 1), make);
  const bulkFrom = updates.length;
  fillWithUpdates(random, numbers, (options.updates ?? 5_000) - updates.length, updates, relations);
  const bulk = updates.slice(bulkFrom);

  return {
    site: {
      code: 'LAB',
      name: 'Simulated laboratory',
      serverName: 'cm01.lab.example',
      providerName: 'cm01.lab.example',
      version: '5.00.9141.1000',
      buildNumber: 9141,
      installDir: 'C:\\Program Files\\Microsoft Configuration Manager',
      utcOffsetMinutes: 60,
      daylight: {
        minutes: 60,
        begins: { month: 3, weekday: 0, week: 5, hour: 2 },
        ends: { month: 10, weekday: 0, week: 5, hour: 3 },
      },
    },
    otherSites: [
      { code: 'REM', name: 'Simulated remote site', serverName: 'cm02.remote.lab.example', type: 'primary' },
      { code: 'CEN', name: 'Simulated central site', serverName: 'cas01.lab.example', type: 'central' },
    ],
    distributionPoints: DISTRIBUTION_POINTS,
    images,
    updates,
    groups: [
      ...defaultGroups(make, bulk, {
        windows7,
        server2022,
        upgrade: families.upgradeUpdates,
        windows11: families.windows11Updates,
        benchmark,
      }),
      ...(options.unusualNames === true ? UNUSUAL_NAMES : []).map((name) =>
        unusualGroup(make, name, server2022),
      ),
    ],
    relations: options.supersedence === 'from-older' ? relations.map(turnedAround) : relations,
    imageUpdates: [...imageUpdates, ...otherImageUpdates(random, images, bulk)],
    schedules: [],
    access: { hidden: [], denied: [] },
    classes: [
      {
        class: 'SMS_ImageServicingSchedule',
        absent: false,
        addProperties: (options.cleanupProperties ?? [CLEANUP_PROPERTY]).map((name) => ({
          name,
          type: 'Boolean',
        })),
        removeProperties: [],
        removeMethods: [],
        removeParameters: [],
        methodResults: {},
      },
    ],
    servicing: defaultServicing(families.upgradeUpdates),
  };
}

function unusualGroup(make: Making, name: string, updates: readonly number[]): GroupDescription {
  make.numbers.ciId += 1;
  return { ciId: make.numbers.ciId, name, description: name, updates, deployed: false };
}

const turnedAround = ({ from, to, type }: RelationDescription): RelationDescription => ({
  from: to,
  to: from,
  type,
});

/** Every one of them can be used for "Windows 7 Enterprise": the site may know it as applicable, or not at all. */
function makeWindows7(make: Making): number[] {
  const { random, numbers, updates, imageUpdates } = make;
  return Array.from({ length: random.between(38, 44) }, (_, at) => {
    const update = newUpdate(random, numbers, {
      ...USABLE,
      articleId: String(2_500_000 + at * 14_000 + random.between(1, 9_000)),
      posted: `20${11 + Math.floor(at / 5)}-0${random.between(1, 9)}-${random.between(10, 28)}T17:00:00Z`,
      title: (article) => `Security Update for Windows 7 for x64-based Systems (KB${article})`,
    });
    updates.push(update);
    // No row at all and *not required* are no reason to leave an update out.
    const status = random.pick([3, 3, 3, 3, 1, undefined]);
    if (status !== undefined) {
      imageUpdates.push(imageUpdate(WINDOWS_7_IMAGE, 1, update.ciId, status));
    }
    return update.ciId;
  });
}

const SERVER_2022_INDEXES = [1, 2, 3] as const;

/** What a group looks like that nobody tidied: most can be used, and there is one of each reason against. */
function makeServer2022(make: Making): number[] {
  const { random, numbers, updates, relations, imageUpdates } = make;
  const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
  const add = (
    month: number,
    what: string,
    differences: Partial<Parameters<typeof newUpdate>[2]> = {},
  ): number => {
    const label = `2024-${months[month % 12] ?? '01'}`;
    const update = newUpdate(random, numbers, {
      ...USABLE,
      posted: `${label}-1${random.between(0, 6)}T17:00:00Z`,
      title: (article) => `${label} ${what} for ${SERVER_2022} (KB${article})`,
      ...differences,
    });
    updates.push(update);
    return update.ciId;
  };
  const status = (ciId: number, statuses: readonly number[]): void => {
    for (const [at, one] of statuses.entries()) {
      imageUpdates.push(imageUpdate(SERVER_2022_IMAGE, at + 1, ciId, one));
    }
  };
  const everywhere = (one: number): number[] => SERVER_2022_INDEXES.map(() => one);

  const cumulative = Array.from({ length: 12 }, (_, month) =>
    add(month, 'Cumulative Update', month < 2 ? { superseded: true, latest: false } : {}),
  );
  const [first = 0, second = 0, third = 0] = cumulative;
  relations.push({ from: second, to: first, type: 6 }, { from: third, to: second, type: 6 });
  const framework = [2, 5, 8].map((month) =>
    add(month, 'Cumulative Update for .NET Framework 3.5, 4.8 and 4.8.1'),
  );
  for (const ciId of [...cumulative, ...framework]) {
    status(ciId, everywhere(3));
  }
  const expired = [0, 1].map((month) => add(month, 'Security Update', { expired: true, latest: false }));
  const notDownloaded = add(9, 'Security Update', { contentProvisioned: false });
  const notServiceable = add(10, '', {
    articleId: '890830',
    title: (article) => `Windows Malicious Software Removal Tool x64 - v5.130 (KB${article})`,
    offlineServiceable: false,
  });
  const installed = [3, 4].map((month) => add(month, 'Update'));
  for (const [at, ciId] of installed.entries()) {
    status(ciId, everywhere(at === 0 ? 2 : 5));
  }
  const onOneIndex = add(6, 'Update');
  status(onOneIndex, [2, 3, 3]);
  numbers.ciId += 1;
  const missing = numbers.ciId;
  return [
    ...cumulative,
    ...framework,
    ...expired,
    notDownloaded,
    notServiceable,
    ...installed,
    onOneIndex,
    missing,
  ];
}

function makeBenchmark(make: Making, count: number | undefined): number[] | undefined {
  if (count === undefined) {
    return undefined;
  }
  const { random, numbers, updates, imageUpdates } = make;
  return Array.from({ length: count }, () => {
    const update = newUpdate(random, numbers, {
      ...USABLE,
      posted: `202${random.between(2, 5)}-0${random.between(1, 9)}-${random.between(10, 28)}T17:00:00Z`,
      title: (article) => `Security Update for ${SERVER_2022} (KB${article})`,
    });
    updates.push(update);
    for (const index of SERVER_2022_INDEXES) {
      imageUpdates.push(imageUpdate(SERVER_2022_IMAGE, index, update.ciId, 3));
    }
    return update.ciId;
  });
}

function otherImageUpdates(
  random: SeededRandom,
  images: readonly ImageDescription[],
  bulk: readonly UpdateDescription[],
): ImageUpdateDescription[] {
  // "Windows 7 Enterprise" and one other image keep only their own rows: an image may have few or none.
  const evaluated = images.filter((image) => !['LAB00010', 'LAB00017'].includes(image.packageId));
  return evaluated.flatMap((image) =>
    random
      .sample(bulk, 40)
      .flatMap((update) =>
        image.indexes.map((_, at) =>
          imageUpdate(image.packageId, at + 1, update.ciId, random.pick([1, 2, 3, 3, 4, 5])),
        ),
      ),
  );
}

function defaultGroups(
  make: Making,
  bulk: readonly UpdateDescription[],
  named: {
    readonly windows7: readonly number[];
    readonly server2022: readonly number[];
    readonly upgrade: readonly number[];
    readonly windows11: readonly number[];
    readonly benchmark: readonly number[] | undefined;
  },
): GroupDescription[] {
  const { random, numbers } = make;
  const group = (name: string, updates: readonly number[]): GroupDescription => {
    numbers.ciId += random.between(1, 3);
    return { ciId: numbers.ciId, name, description: '', updates, deployed: random.chance(0.5) };
  };
  const some = (count: number): number[] => random.sample(bulk, count).map((update) => update.ciId);
  return [
    group('Windows 7', named.windows7),
    group('Windows Server 2022', named.server2022),
    group('Windows 10 22H2 upgrade', named.upgrade),
    group('Windows 11 24H2', named.windows11),
    group('Monthly rollups', some(20)),
    group('Monthly rollups', some(25)),
    group('Empty', []),
    group('Bürorechner Frühjahr', some(15)),
    group('月例更新プログラム', some(15)),
    group("Patches \\ R&D: 100% of 'pilot' #2", some(10)),
    ...(named.benchmark === undefined ? [] : [group('Benchmark', named.benchmark)]),
    ...Array.from({ length: 24 }, (_, at) =>
      group(
        `Patch Tuesday 202${3 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
        some(random.between(20, 60)),
      ),
    ),
  ];
}
