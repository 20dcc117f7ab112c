import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { classesOfSite, } from '../../src/simulator/class-definitions.js';
import { ODataError } from '../../src/simulator/odata-error.js';
import { compileFilter, countTerms, necessaryValues, parseFilter } from '../../src/simulator/odata-filter.js';
const classNamed = (name) => {
    const found = classesOfSite([]).get(name.toLowerCase());
    assert.ok(found !== undefined);
    return found;
};
const UPDATE = classNamed('SMS_SoftwareUpdate');
const IMAGE = classNamed('SMS_ImagePackage');
const ROW = {
    CI_ID: 42,
    LocalizedDisplayName: "Müller's 50% 更新 🚀",
    ArticleID: '5000001',
    IsExpired: false,
    IsLatest: true,
    Size: 5_000_000_000,
    Severity: -3,
    UpdateLocales: ['de-DE', 'en-US'],
    DatePosted: '2024-01-09T17:00:00Z',
};
const holds = (filter, row = ROW, of = UPDATE) => compileFilter(parseFilter(filter), of)(row);
const refused = (filter, of = UPDATE) => {
    assert.throws(() => compileFilter(parseFilter(filter), of), (error) => error instanceof ODataError && error.status === 404, filter);
};
suite('the filter language', () => {
    test('compares numbers, texts and truth values by eq', () => {
        const cases = [
            ['CI_ID eq 42', true],
            ['CI_ID eq 41', false],
            ['Severity eq -3', true],
            ['Size eq 5000000000', true],
            ['IsLatest eq true', true],
            ['IsExpired eq true', false],
        ];
        for (const [filter, expected] of cases)
            assert.equal(holds(filter), expected, filter);
    });
    test('compares texts without regard to case and to blanks at their end', () => {
        assert.ok(holds("LocalizedDisplayName eq 'MÜLLER''S 50% 更新 🚀  '"));
        assert.ok(!holds("LocalizedDisplayName eq ' Müller''s 50% 更新 🚀'"));
        assert.ok(holds("contains(LocalizedDisplayName,'ER''S')"));
        assert.ok(holds("startswith(LocalizedDisplayName, 'müller')"));
        assert.ok(!holds("startswith(LocalizedDisplayName,'üller')"));
    });
    test('joins values of one property by or, and parts by and', () => {
        assert.ok(holds('CI_ID eq 1 or CI_ID eq 42'));
        assert.ok(holds('(CI_ID eq 42 or CI_ID eq 1) and IsLatest eq true'));
        assert.ok(!holds('(CI_ID eq 42 or CI_ID eq 1) and IsExpired eq true'));
        assert.ok(holds("(CI_ID eq 42) and (ArticleID eq '1' or ArticleID eq '5000001')"));
    });
    test('looks into a collection of texts', () => {
        assert.ok(holds("UpdateLocales/any(n: n eq 'EN-us')"));
        assert.ok(!holds("UpdateLocales/any(n: n eq 'fr-FR')"));
        assert.ok(holds("SecuredScopeNames/any(s: s eq 'B')", { SecuredScopeNames: ['A', 'B'] }, IMAGE));
        refused("UpdateLocales/any(n: m eq 'x')");
        refused("UpdateLocales/all(n: n eq 'x')");
        refused("ArticleID/any(n: n eq 'x')");
        refused("UpdateLocales eq 'de-DE'");
    });
    test('refuses what is not known to work, and what no client of this project sends', () => {
        for (const filter of [
            '',
            'CI_ID',
            'CI_ID eq',
            'eq 42',
            'CI_ID = 42',
            'CI_ID EQ 42',
            '42 eq CI_ID',
            'CI_ID eq 42 and',
            '(CI_ID eq 42',
            'CI_ID eq 42)',
            '((CI_ID eq 42))',
            'CI_ID eq 42 CI_ID eq 43',
            'CI_ID eq 4.2',
            'CI_ID eq 42L',
            'CI_ID in (1,2)',
            'CI_ID ne 41',
            'CI_ID gt 41',
            'CI_ID eq 42 or IsLatest eq true',
            'CI_ID eq 42 or CI_ID eq 1 and IsLatest eq true',
            'CI_ID eq 42 and CI_ID eq 1 or CI_ID eq 2',
            'not (CI_ID eq 41)',
            'CI_ID eq null',
            'ArticleID eq null',
            "ArticleID like '5%'",
            "endswith(ArticleID,'1')",
            "contains(ArticleID,'1') or contains(ArticleID,'2')",
            'not IsExpired',
            'IsExpired',
            'IsExpired eq IsLatest',
            'DatePosted gt 2024-01-01T00:00:00Z',
            "DatePosted eq '2024-01-01'",
            'DatePosted eq datetime2024',
            "tolower(ArticleID) eq 'x'",
            "ArticleID eq 'open",
            "ArticleID eq 'it's'",
            "ArticleID eq 'back\\slash'",
            "ArticleID eq 'back\\\\slash'",
            'ArticleID eq "x"',
            'NoSuch eq 1',
            'ci_id eq 42',
            '$it eq 1',
        ]) {
            refused(filter);
        }
    });
    test('refuses a literal of another type than the property', () => {
        for (const filter of [
            "CI_ID eq '42'",
            'CI_ID eq true',
            'CI_ID eq 42 or CI_ID eq true',
            'ArticleID eq 5000001',
            'IsExpired eq 0',
            "IsExpired eq 'false'",
            "contains(CI_ID,'4')",
            'contains(ArticleID,5)',
        ]) {
            refused(filter);
        }
    });
    test('refuses to compare a lazy property', () => {
        refused("ImageProperty eq 'x'", IMAGE);
        refused("contains(ImageProperty,'x')", IMAGE);
    });
    test('bears long chains, and refuses nests', () => {
        const chain = Array.from({ length: 5000 }, (_, at) => `CI_ID eq ${at}`).join(' or ');
        assert.ok(holds(chain));
        assert.equal(countTerms(parseFilter(chain)), 5000);
        refused(`${'('.repeat(50_000)}CI_ID eq 1${')'.repeat(50_000)}`);
    });
    test('finds every text by its own literal, whatever is in it', () => {
        const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom("'", '"', '%', '&', '+', '#', '/', ' ', 'ü', '🚀', '教', "''") }));
        fc.assert(fc.property(anything, (text) => {
            const literal = `'${text.replaceAll("'", "''")}'`;
            if (text.includes('\\')) {
                refused(`ArticleID eq ${literal}`);
                return;
            }
            const row = { ArticleID: text };
            assert.ok(holds(`ArticleID eq ${literal}`, row));
            assert.ok(holds(`contains(ArticleID,${literal}) and startswith(ArticleID,${literal})`, row));
            assert.ok(!holds(`ArticleID eq ${literal}`, { ArticleID: `${text}x` }));
        }));
    });
});
suite('the values that an index can look up', () => {
    const values = (filter) => necessaryValues(parseFilter(filter), ['CI_ID'])?.values;
    test('come from the shortest list of a property with an index', () => {
        assert.deepEqual(values('CI_ID eq 1'), [1]);
        assert.deepEqual(values('CI_ID eq 1 or CI_ID eq 2'), [1, 2]);
        assert.deepEqual(values('IsExpired eq false and (CI_ID eq 1 or CI_ID eq 2)'), [1, 2]);
        assert.deepEqual(values('(CI_ID eq 1 or CI_ID eq 2) and CI_ID eq 2'), [2]);
    });
    test('are not known where another row could fit too', () => {
        assert.equal(values("ArticleID eq 'x'"), undefined);
        assert.equal(values("contains(ArticleID,'x')"), undefined);
    });
});
//# sourceMappingURL=odata-filter.test.js.map