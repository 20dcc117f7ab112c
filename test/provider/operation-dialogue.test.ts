import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { HttpAnswer, HttpRequest } from '../../src/provider/admin-service/http-exchange.js';
import type { DialogueContext } from '../../src/provider/admin-service/dialogue.js';
import { converse } from '../../src/provider/admin-service/operation-dialogue.js';
import { PAGE_SIZE } from '../../src/provider/admin-service/query-request.js';
import type { ServiceAddress } from '../../src/provider/admin-service/service-address.js';
import type { Operation, Outcome } from '../../src/provider/port.js';
import { asItIs } from './operations.js';

const ADDRESS = 'https://cm01.example/AdminService' as ServiceAddress;

interface Talk {
  readonly outcome: Outcome<unknown>;
  readonly urls: readonly string[];
}

/**
 * Lets an operation talk to a site that answers as told, and notes what it asked. `rounds` takes how many requests went
 * out at once each time.
 */
function talk(
  operation: Operation,
  answer: (request: HttpRequest, place: number) => HttpAnswer,
  rounds: number[] = [],
): Talk {
  const context: DialogueContext = {
    address: ADDRESS,
    login: 'token',
    account: 'the user of the token',
    filterLengths: new Map(),
    mostRows: 0,
    wasAccepted: false,
    examination: undefined,
    metadata: undefined,
  };
  const dialogue = converse(operation, context);
  const urls: string[] = [];
  let step = dialogue.next();
  while (step.done !== true) {
    rounds.push(step.value.length);
    const answers = step.value.map((request) => {
      urls.push(request.url);
      return answer(request, urls.length);
    });
    step = dialogue.next(answers);
  }
  return { outcome: step.value, urls };
}

const list: Operation = {
  verb: 'query',
  class: 'SMS_X',
  key: ['A'],
  where: [],
  properties: ['A'],
  decode: asItIs,
};

let lastRow = 0;

/** Of rows that no other page has. */
function page(rows: number, nextLink?: string): HttpAnswer {
  const value = Array.from({ length: rows }, () => ({ A: ++lastRow }));
  const link = nextLink === undefined ? {} : { '@odata.nextLink': nextLink };
  return { kind: 'answered', status: 200, body: JSON.stringify({ value, ...link }) };
}

function rowsOf({ outcome }: Talk): number {
  if (outcome.state !== 'done') throw new Error(JSON.stringify(outcome));
  return (outcome.result as readonly unknown[]).length;
}

suite('pages', () => {
  test('are followed by the links of the site, absolute or relative', () => {
    for (const link of [
      `${ADDRESS}/wmi/SMS_X?$skiptoken=1`,
      'SMS_X?$skiptoken=1',
      '/AdminService/wmi/SMS_X?$skiptoken=1',
    ]) {
      const talked = talk(list, (_, place) => (place === 1 ? page(3, link) : page(2)));
      assert.equal(rowsOf(talked), 5);
      assert.equal(talked.urls[1], `${ADDRESS}/wmi/SMS_X?$skiptoken=1`);
    }
  });

  test('of another machine, port or service are never asked for: the login would go there', () => {
    for (const link of [
      'https://evil.example/AdminService/wmi/SMS_X',
      'https://cm01.example.evil.example/AdminService/wmi/SMS_X',
      'https://cm01.example:8443/AdminService/wmi/SMS_X',
      'http://cm01.example/AdminService/wmi/SMS_X',
      'https://cm01.example/Other/wmi/SMS_X',
      '//evil.example/AdminService/wmi/SMS_X',
      '/AdminService/wmi/../../Other',
    ]) {
      const { outcome, urls } = talk(list, () => page(3, link));
      assert.equal(outcome.state === 'refused' && outcome.diagnosis.code, 'OS308', link);
      assert.equal(urls.length, 1, link);
    }
  });

  test('go on where a chain of links ends at the number of rows that we asked for ourselves', () => {
    const link = (place: number): string => `${ADDRESS}/wmi/SMS_X?$skiptoken=${place}`;
    // Two pages make up what $top asks for; then the chain ends although the class holds more.
    const talked = talk(
      list,
      (_, place) =>
        [page(600, link(1)), page(PAGE_SIZE - 600), page(600, link(2)), page(10)][place - 1] ?? page(0),
    );
    assert.equal(rowsOf(talked), PAGE_SIZE + 610);
    assert.match(talked.urls[2] ?? '', new RegExp(`\\$skip=${PAGE_SIZE}$`));
    assert.equal(talked.urls.length, 4);
  });

  test('that are short end a list only where the service has shown a larger one or the next is empty', () => {
    for (const size of [1, 20, 99, 100, 999]) {
      assert.equal(talk(list, (_, place) => page(place === 1 ? size : 0)).urls.length, 2, String(size));
      assert.equal(rowsOf(talk(list, (_, place) => page([size, size, size][place - 1] ?? 0))), 3 * size);
    }
    assert.equal(talk(list, () => page(0)).urls.length, 1);
    assert.equal(talk(list, (_, place) => page(place === 1 ? 100 : 7)).urls.length, 2);
    assert.equal(rowsOf(talk(list, (_, place) => page([250, 250, 7][place - 1] ?? 0))), 507);
  });

  test('of a service with small ones go out several at once, and a gap between them is filled', () => {
    const rounds: number[] = [];
    const served = (url: string, sizeAt: (skip: number) => number, total: number): HttpAnswer => {
      const skip = Number(/\$skip=(\d+)/.exec(url)?.[1] ?? 0);
      const rows = Math.min(sizeAt(skip), Number(/\$top=(\d+)/.exec(url)?.[1]), Math.max(0, total - skip));
      const value = Array.from({ length: rows }, (_, place) => ({ A: skip + place }));
      return { kind: 'answered', status: 200, body: JSON.stringify({ value }) };
    };
    assert.equal(rowsOf(talk(list, ({ url }) => served(url, () => 5, 162), rounds)), 162);
    assert.deepEqual(rounds, [1, 1, 2, 4, 8, 16, 16]);
    for (const total of [1, 4, 5, 6, 10, 15, 20, 163]) {
      assert.equal(rowsOf(talk(list, ({ url }) => served(url, () => 5, total))), total);
    }
    const shortOnce = (skip: number): number => (skip === 10 ? 3 : 5);
    assert.equal(rowsOf(talk(list, ({ url }) => served(url, shortOnce, 30))), 30);
  });

  test('that bring the rows of the page before are given up at the first', () => {
    const first = page(5);
    const { outcome, urls } = talk(list, () => first);
    assert.equal(outcome.state === 'refused' && outcome.diagnosis.code, 'OS308');
    assert.equal(urls.length, 2);
  });

  test('are not asked for when no more rows can exist', () => {
    const byKey: Operation = {
      verb: 'query',
      decode: asItIs,
      class: 'SMS_X',
      key: ['A', 'B'],
      where: [{ property: 'A', oneOf: [1] }],
      properties: ['A'],
      rows: { kind: 'at-most', forEachValue: 300 },
    };
    assert.equal(talk(byKey, () => page(300)).urls.length, 1);
    assert.equal(talk(byKey, (_, place) => page(place === 1 ? 200 : 0)).urls.length, 2);
  });

  test('that would follow each other are asked for at once, where the caller tells how many rows there can be', () => {
    const schedules = Array.from({ length: 10 }, (_, place) => place + 1);
    const links = (rowsForEach: number): Operation => ({
      verb: 'query',
      decode: asItIs,
      class: 'SMS_X',
      key: ['A', 'B'],
      where: [{ property: 'A', oneOf: [1, ...schedules.slice(1)] }],
      properties: ['A'],
      rows: { kind: 'exactly', forEachValue: rowsForEach },
    });
    const askedAtOnce = (rowsForEach: number): readonly number[] => {
      const rounds: number[] = [];
      talk(links(rowsForEach), ({ url }) => page(rowsForEach * (url.match(/A%20eq/g)?.length ?? 0)), rounds);
      return rounds;
    };
    assert.deepEqual(askedAtOnce(100), [1]);
    assert.deepEqual(askedAtOnce(300), [4]);
    assert.deepEqual(askedAtOnce(1_000), [10]);
    assert.deepEqual(askedAtOnce(0), [1]);
  });

  test('are followed by whatever name the link has', () => {
    for (const name of ['@odata.nextLink', '@nextLink', 'odata.nextLink']) {
      const body = JSON.stringify({ value: [{ A: -1 }], [name]: 'SMS_X?$skiptoken=1' });
      const talked = talk(list, (_, place) =>
        place === 1 ? { kind: 'answered', status: 200, body } : page(1),
      );
      assert.equal(talked.urls[1], `${ADDRESS}/wmi/SMS_X?$skiptoken=1`, name);
    }
  });

  test('whose links lead in a circle are given up at the first repetition', () => {
    for (const length of [1, 2, 3]) {
      const { outcome, urls } = talk(list, (_, place) =>
        page(1, `${ADDRESS}/wmi/SMS_X?again=${place % length}`),
      );
      assert.equal(outcome.state === 'refused' && outcome.diagnosis.code, 'OS308');
      assert.equal(urls.length, length + 1);
    }
  });

  test('without an end are given up', () => {
    const { outcome } = talk(list, (_, place) => page(1, `${ADDRESS}/wmi/SMS_X?again=${place}`));
    assert.equal(outcome.state === 'refused' && outcome.diagnosis.code, 'OS308');
  });
});

suite('an answer of somebody else', () => {
  const codes: readonly (readonly [number, string, string, RegExp])[] = [
    [302, '', 'OS308', /redirects \(302\) to an address that cannot be read;/],
    [407, 'Proxy login', 'OS308', /answered 407/],
    [511, '<html>', 'OS308', /answered 511/],
    [404, '<!DOCTYPE HTML><h2>Not Found</h2>', 'OS308', /answered 404 with a page/],
    [404, '{"error":{"code":"404","message":"Access denied  WMI QUERY: "}}', 'OS305', /Access denied/],
    [404, '', 'OS305', /answered 404\./],
    [200, `<script>${'<'.repeat(500_000)}`, 'OS308', /cannot be read/],
    [200, `{"value":[${'[]'.repeat(3_000_000)}]}`, 'OS308', /cannot be read/],
    [200, '{"value":{"0":{}}}', 'OS308', /cannot be read/],
    [200, '{"value":[1]}', 'OS308', /cannot be read/],
    [500, '<a '.repeat(500_000), 'OS309', /answered 500/],
  ];
  for (const [status, body, code, what] of codes) {
    test(`${status} with ${body.slice(0, 40)} is ${code}`, () => {
      const { outcome } = talk(list, () => ({ kind: 'answered', status, body }));
      assert.ok(outcome.state === 'refused');
      assert.equal(outcome.diagnosis.code, code);
      assert.match(outcome.diagnosis.what, what);
      assert.ok(outcome.diagnosis.what.length < 1_000);
    });
  }

  test('a next page with an endless address is not shown in full', () => {
    const { outcome } = talk(list, () => page(1, `https://evil.example/${'x'.repeat(50_000)}`));
    assert.ok(outcome.state === 'refused' && outcome.diagnosis.what.length < 500);
  });

  test('a site that does not count $skip is given up before memory is', () => {
    const { outcome, urls } = talk(list, () => page(PAGE_SIZE));
    assert.equal(outcome.state === 'refused' && outcome.diagnosis.code, 'OS308');
    assert.ok(urls.length < 250);
  });
});

suite('an answer that does not tell', () => {
  const write: Operation = { verb: 'delete', class: 'SMS_X', key: { A: { cim: 'sint32', value: 1 } } };
  const states: readonly (readonly [HttpAnswer, Outcome<unknown>['state']])[] = [
    [{ kind: 'answered', status: 204, body: '' }, 'done'],
    [{ kind: 'answered', status: 200, body: '<html>Sign in</html>' }, 'unknown'],
    [{ kind: 'answered', status: 302, body: '' }, 'refused'],
    [{ kind: 'answered', status: 404, body: '' }, 'refused'],
    [{ kind: 'answered', status: 500, body: '' }, 'unknown'],
    [{ kind: 'answered', status: 503, body: '' }, 'unknown'],
    [{ kind: 'no-answer', sent: true, curlCode: 52, words: '', because: 'transfer' }, 'unknown'],
    [{ kind: 'no-answer', sent: false, curlCode: 7, words: '', because: 'transfer' }, 'not-attempted'],
    [{ kind: 'not-attempted' }, 'not-attempted'],
  ];
  for (const [answer, state] of states) {
    test(`to a write: ${JSON.stringify(answer)} is ${state}`, () => {
      assert.equal(talk(write, () => answer).outcome.state, state);
    });
  }
});

suite('the object of a read by its key', () => {
  const read: Operation = {
    verb: 'get',
    class: 'SMS_X',
    key: { A: { cim: 'sint32', value: 1 } },
    decode: asItIs,
  };
  const bodies: readonly (readonly [string, Outcome<unknown>['state']])[] = [
    ['{"value":[{"A":1,"B":2}]}', 'done'],
    ['{"@odata.context":"x","a":1,"B":2}', 'done'],
    ['{"value":[]}', 'refused'],
    ['{"value":[{"A":1},{"A":2}]}', 'refused'],
    ['{}', 'refused'],
    ['{"Message":"An error has occurred."}', 'refused'],
    ['', 'refused'],
  ];
  for (const [body, state] of bodies) {
    test(`${body} is ${state}`, () => {
      assert.equal(talk(read, () => ({ kind: 'answered', status: 200, body })).outcome.state, state);
    });
  }
});

suite('a list of keys', () => {
  const keys = (count: number): Operation => ({
    verb: 'query',
    decode: asItIs,
    class: 'SMS_X',
    key: ['A'],
    where: [{ property: 'A', oneOf: [1, ...Array.from({ length: count - 1 }, (_, place) => place + 2)] }],
    properties: ['A'],
  });
  const served = (url: string, size: number, readable: (key: number) => boolean): HttpAnswer => {
    const asked = [...url.matchAll(/A%20eq%20(\d+)/g)].map(([, key]) => Number(key)).filter(readable);
    const value = asked.slice(0, size).map((A) => ({ A }));
    return { kind: 'answered', status: 200, body: JSON.stringify({ value }) };
  };

  test('is complete only when every key is accounted for', () => {
    for (const size of [1, 5, 20, 25, 49, 50, 100]) {
      for (const count of [1, 29, 50, 51, 751]) {
        const odd = (key: number): boolean => key % 3 > 0;
        assert.equal(rowsOf(talk(keys(count), ({ url }) => served(url, size, () => true))), count);
        const readable = Array.from({ length: count }, (_, place) => place + 1).filter(odd).length;
        assert.equal(rowsOf(talk(keys(count), ({ url }) => served(url, size, odd))), readable);
      }
    }
  });

  test('of more than 750 is asked for in parts of 50, all at once', () => {
    for (const [count, parts] of [
      [750, 15],
      [751, 16],
      [1_000, 20],
    ] as const) {
      const rounds: number[] = [];
      talk(keys(count), ({ url }) => served(url, 1_000, () => true), rounds);
      assert.deepEqual(rounds, [parts]);
    }
  });

  test('costs one more request where a key is not readable, and none where no one is', () => {
    assert.equal(talk(keys(50), ({ url }) => served(url, 1_000, (key) => key !== 7)).urls.length, 2);
    assert.equal(talk(keys(50), ({ url }) => served(url, 1_000, () => false)).urls.length, 1);
  });
});

suite('a filter that is too long', () => {
  const where = [
    { property: 'A', oneOf: [1, ...Array.from({ length: 39 }, (_, place) => place + 2)] },
    { property: 'B', oneOf: ['x0', ...Array.from({ length: 19 }, (_, place) => `x${place + 1}`)] },
  ] as const;
  const both: Operation = {
    verb: 'query',
    class: 'SMS_X',
    key: ['A', 'B'],
    where,
    properties: ['A'],
    decode: asItIs,
  };
  const terms = (url: string): number => url.match(/%20eq%20/g)?.length ?? 0;
  const refusals: readonly HttpAnswer[] = [
    { kind: 'answered', status: 400, body: '' },
    { kind: 'answered', status: 404, body: '{}' },
    { kind: 'answered', status: 413, body: '' },
    { kind: 'answered', status: 500, body: '{}' },
    { kind: 'answered', status: 502, body: '' },
    { kind: 'no-answer', sent: true, curlCode: 52, words: 'Empty reply from server', because: 'transfer' },
  ];
  for (const refused of refusals) {
    test(`is found out by one probe: ${JSON.stringify(refused)}`, () => {
      const probes: string[] = [];
      const talked = talk(both, (request) => {
        if (request.isSentOnce === true) probes.push(request.url);
        return terms(request.url) > 20 ? refused : page(0);
      });
      assert.equal(rowsOf(talked), 0);
      assert.equal(probes.length, 1);
      assert.equal(terms(probes[0] ?? ''), 2);
      // Every pair of values has been asked for.
      const pairs = new Set(
        talked.urls
          .filter((url) => terms(url) <= 20 && !probes.includes(url))
          .flatMap((url) => {
            const [as, bs] = ['A', 'B'].map((name) =>
              [...url.matchAll(new RegExp(`${name}%20eq%20([^%)]+|%27x\\d+%27)`, 'g'))].map(
                ([, value]) => value,
              ),
            );
            return (as ?? []).flatMap((one) => (bs ?? []).map((other) => `${one} ${other}`));
          }),
      );
      assert.equal(pairs.size, 800);
    });
  }

  test('is no reason where a short one is refused, too', () => {
    const { outcome, urls } = talk(both, () => ({ kind: 'answered', status: 500, body: '{}' }));
    assert.equal(outcome.state, 'refused');
    assert.equal(urls.length, 2);
  });

  test('never makes a URL of more than 8,000 characters', () => {
    const names = Array.from({ length: 60 }, (_, place) => `${place} ${'ü'.repeat(100)}`);
    const wide: Operation = {
      ...both,
      where: [
        { property: 'A', oneOf: ['', ...names] },
        { property: 'B', oneOf: ['', ...names] },
      ],
    };
    const { urls } = talk(wide, () => page(0));
    assert.ok(urls.length > 1 && urls.every((url) => url.length <= 8_000));
  });
});
