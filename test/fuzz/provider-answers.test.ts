import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { isJson, readEntity, readPage } from '../../src/provider/admin-service/answer-body.js';
import { diagnose, siteWords } from '../../src/provider/admin-service/answer-diagnosis.js';
import {
  readRedirectReport,
  readTransferReport,
} from '../../src/provider/admin-service/curl-configuration.js';
import { findClass } from '../../src/provider/admin-service/metadata-document.js';
import type { ServiceAddress } from '../../src/provider/admin-service/service-address.js';
import { damaged, FUZZ, hostileJson, JSON_PIECES, LIMIT, XML_PIECES } from './arbitraries.js';

const PAGE = JSON.stringify({
  '@odata.context': 'https://cm01.example/AdminService/wmi/$metadata#SMS_SoftwareUpdate',
  value: [
    { CI_ID: 16_777_300, ArticleID: '5034441', IsExpired: false, Updates: [1, 2], Nothing: null },
    { CI_ID: 16_777_301, LocalizedDisplayName: 'Größe "M" 教室 \u2028' },
  ],
  '@odata.nextLink': 'https://cm01.example/AdminService/wmi/SMS_SoftwareUpdate?$skip=2',
});
const METADATA =
  '<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">' +
  '<edmx:DataServices><Schema Namespace="AdminService"><EntityType Name="SMS_X"><Key><PropertyRef Name="A"/></Key>' +
  '<Property Name="A" Type="Edm.Int64" Nullable="false"/><Property Name="B" Type="Edm.Boolean"/></EntityType>' +
  '<Action Name="Run" IsBound="true"><Parameter Name="bindingParameter" Type="AdminService.SMS_X"/></Action>' +
  '<EntityContainer Name="C"><ActionImport Name="SMS_X.Make" Action="AdminService.SMS_X.Make"/></EntityContainer>' +
  '</Schema></edmx:DataServices></edmx:Edmx>';

suite('whatever a site answers', () => {
  test('a body is read or is none, and never throws', LIMIT, () => {
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      hostileJson.map((value) => JSON.stringify(value)),
      damaged(PAGE, JSON_PIECES),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const page = readPage(body);
        if (page !== undefined) {
          assert.ok(isJson(body));
          assert.ok(page.rows.every((row) => [...row.keys()].every((name) => name === name.toLowerCase())));
          assert.ok(page.nextLink === undefined || typeof page.nextLink === 'string');
        }
        const entity = readEntity(body);
        assert.equal(entity !== undefined, isJson(body) || body.trim() === '');
        assert.ok(siteWords(body).length <= 601);
      }),
      FUZZ,
    );
  });

  test('what JSON can hold comes through as it is', LIMIT, () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.dictionary(
            fc.string().map((name) => name.toLowerCase()),
            fc.jsonValue(),
          ),
        ),
        (rows) => {
          const read = readPage(`\uFEFF${JSON.stringify({ value: rows })}`);
          assert.deepEqual(
            read?.rows.map((row) => [...row.entries()]),
            (JSON.parse(JSON.stringify(rows)) as object[]).map((row) => Object.entries(row)),
          );
        },
      ),
      FUZZ,
    );
  });

  test('names that JavaScript has a meaning for change no object', () => {
    const [row] = readPage('{"value":[{"__proto__":{"polluted":1},"constructor":2}]}')?.rows ?? [];
    assert.deepEqual([...(row?.keys() ?? [])], ['__proto__', 'constructor']);
    assert.equal('polluted' in {}, false);
  });

  test('a status and a body become one diagnosis of bounded length', LIMIT, () => {
    const context = {
      address: 'https://cm01.example/AdminService' as ServiceAddress,
      login: 'token',
      operation: 'Query SMS_X',
      wasAccepted: false,
      examination: undefined,
      denied: { account: 'CORP\\svc', right: 'Read on Site' },
    } as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.oneof(fc.string({ unit: 'binary' }), damaged(PAGE, [...JSON_PIECES, ...XML_PIECES])),
        fc.option(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' })), { nil: undefined }),
        (status, body, redirectsTo) => {
          const { code, what, cause, next } = diagnose(
            { kind: 'answered', status, body, redirectsTo },
            context,
          );
          assert.match(code, /^OS30[3-9]$/);
          assert.ok(what.length < 1_000 && cause !== '' && next !== '');
        },
      ),
      FUZZ,
    );
  });

  test('a report of curl is read or is none', LIMIT, () => {
    const lines = fc.oneof(
      fc.string({ unit: 'binary' }),
      damaged('transfer 12 404 22 345 0.125 HTTP response code said error', [
        ' ',
        '\r',
        '9'.repeat(400),
        '-1',
        ',',
      ]),
      damaged('redirect 3 https://a.example/', [' ', '\r', '9'.repeat(400)]),
    );
    fc.assert(
      fc.property(lines, (line) => {
        const report = readTransferReport(line);
        if (report !== undefined)
          assert.ok(report.status <= 999 && report.index >= 0 && report.curlCode >= 0);
        const redirect = readRedirectReport(line);
        if (redirect !== undefined) assert.ok(redirect.location !== '');
      }),
      FUZZ,
    );
  });

  test('metadata is a class, is none, or is refused', LIMIT, () => {
    assert.deepEqual(findClass(METADATA, 'sms_x'), {
      class: 'SMS_X',
      properties: [
        { name: 'A', kind: 'integer' },
        { name: 'B', kind: 'boolean' },
      ],
      methods: [
        { name: 'Run', static: false },
        { name: 'Make', static: true },
      ],
    });
    fc.assert(
      fc.property(
        fc.oneof(damaged(METADATA, XML_PIECES), fc.string({ unit: 'binary' })),
        fc.constantFrom('SMS_X', '__proto__', 'constructor', ''),
        (document, className) => {
          let found: ReturnType<typeof findClass>;
          try {
            found = findClass(document, className);
          } catch (error) {
            assert.ok(error instanceof Error);
            return;
          }
          assert.equal(found?.class.toLowerCase(), found === undefined ? undefined : className.toLowerCase());
        },
      ),
      FUZZ,
    );
  });

  test('metadata that would grow or nest without end is refused before it does', LIMIT, () => {
    const laughs = Array.from(
      { length: 9 },
      (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
    );
    for (const [document, why] of [
      [`<!DOCTYPE a [<!ENTITY l0 "ha">${laughs.join('')}]><a>&l9;</a>`, /no use for/],
      ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /no use for/],
      ['<a>&lol;</a>', /undefined entity/],
      ['<a>'.repeat(1_000_000), /nested too deep/],
      [`<a ${Array.from({ length: 1_000_000 }, (_, at) => `b${at}=""`).join(' ')}/>`, /too many attributes/],
      [`<a><![CDATA[${']'.repeat(1_000_000)}`, /no use for/],
      [`<a/><?${'x?'.repeat(1_000_000)}`, /no use for/],
      [`<?${'x?'.repeat(1_000_000)}`, /no use for/],
      ['<'.repeat(1_000_000), /./],
      ['\uFEFF<?xml version="1.0"?><a><b></a>', /./],
    ] as const) {
      assert.throws(() => findClass(document, 'SMS_X'), why, document.slice(0, 60));
    }
    assert.equal(
      findClass('\uFEFF<?xml version="1.0" encoding="utf-8"?><!-- made --><a/>', 'SMS_X'),
      undefined,
    );
  });
});
