import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { COMPILED, REPOSITORY } from './repository.js';
/**
 * `npm run mutants -- src/plan/update-selection.ts --tests selection`: changes the file in a small way, one at a time, and
 * runs the tests whose path contains the word, to see whether one of them fails. A folder stands for the files in it.
 * The report names the changes that no test noticed.
 */
const PACKAGE = join(REPOSITORY, 'tools', 'mutants');
const OUTPUT = join(COMPILED, 'mutants');
const { paths, words } = argumentsIn(process.argv.slice(2));
if (paths.length === 0) {
    console.error('Name the files or folders to change, for example: npm run mutants -- src/undo --tests undo');
    process.exit(2);
}
if (!existsSync(join(PACKAGE, 'node_modules')))
    run('npm', ['ci'], PACKAGE);
mkdirSync(OUTPUT, { recursive: true });
const configuration = join(OUTPUT, 'stryker.config.json');
writeFileSync(configuration, JSON.stringify(strykerOptions(), undefined, 2));
run(process.execPath, [join(PACKAGE, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'), 'run', configuration], REPOSITORY);
function argumentsIn(args) {
    const at = args.indexOf('--tests');
    return at === -1 ? { paths: args, words: [] } : { paths: args.slice(0, at), words: args.slice(at + 1) };
}
function strykerOptions() {
    return {
        mutate: paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)),
        testRunner: 'tap',
        plugins: [join(PACKAGE, 'node_modules', '@stryker-mutator', 'tap-runner', 'dist', 'src', 'index.js')],
        tap: {
            testFiles: testFiles().map((file) => relative(REPOSITORY, file)),
            nodeArgs: ['--test-reporter=tap', '-r', '{{hookFile}}', '{{testFile}}'],
        },
        coverageAnalysis: 'perTest',
        // Messages and their wording are asserted where they matter; a changed word of a comment to people proves nothing.
        mutator: { excludedMutations: ['StringLiteral'] },
        // The copy that is changed lies below this folder, so that it finds the packages that are installed here.
        symlinkNodeModules: false,
        buildCommand: 'node ../../../../node_modules/typescript/bin/tsc',
        ignorePatterns: [
            '.git',
            'dist',
            'docs/images',
            'node_modules',
            'tools/mutants/node_modules',
            'build/mutants',
        ],
        tempDirName: 'build/mutants/sandbox',
        reporters: ['clear-text', 'html', 'progress-append-only'],
        htmlReporter: { fileName: join(OUTPUT, 'report.html') },
        clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
        timeoutMS: 30_000,
        thresholds: { high: 95, low: 85, break: null },
    };
}
/** Without words: all but those that start bundles and other programs, which take too long to be run for each change. */
function testFiles() {
    const folder = join(COMPILED, 'test');
    const isSlow = (file) => /^(?:hosts|kerberos|wine|examples|extension|dist)/.test(file);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.test.js'))
        .filter((file) => (words.length === 0 ? !isSlow(file) : words.some((word) => file.includes(word))))
        .map((file) => join(folder, file));
}
function run(program, args, folder) {
    const { status } = spawnSync(program, args, { cwd: folder, stdio: 'inherit' });
    if (status !== 0)
        process.exit(status ?? 1);
}
//# sourceMappingURL=run-mutants.js.map