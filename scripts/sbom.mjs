// sbom.mjs PROGRAM: what Trede is made of, as one CycloneDX document on standard output: the npm packages of the pages
// and the Debian packages that the program loads. Called by ./dev sbom.
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

const run = (command, args, options = {}) => execFileSync(command, args, { encoding: 'utf8', ...options });

function loadedLibraries(program) {
  const files = [...run('ldd', [program]).matchAll(/=> (\/\S+)/g)].map((match) => match[1]);
  return new Set(files.map((file) => realpathSync(file)));
}

// "libssl3:amd64: /usr/lib/…" names the package of a file; dpkg knows some files without /usr.
function packageOf(file) {
  for (const name of [file, file.replace(/^\/usr/, '')]) {
    try {
      return run('dpkg-query', ['--search', name], { stdio: ['ignore', 'pipe', 'ignore'] }).split(':')[0];
    } catch {
      // under its other name, then
    }
  }
  throw new Error(`no Debian package holds ${file}`);
}

function debianComponent(name) {
  const [version, source, architecture] = run('dpkg-query', [
    '--show',
    '--showformat=${Version}\t${source:Package}\t${Architecture}',
    name
  ]).split('\t');
  return {
    type: 'library',
    'bom-ref': `debian/${name}@${version}`,
    name,
    version,
    purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}`,
    properties: [{ name: 'debian:source', value: source }]
  };
}

const program = process.argv[2];
if (!program) throw new Error('sbom.mjs wants the program');
const npm = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'];
const document = JSON.parse(run('npm', npm, { cwd: 'web', maxBuffer: 64 << 20 }));
document.metadata.component = { ...document.metadata.component, type: 'application', name: 'trede' };
const packages = new Set([...loadedLibraries(program)].map(packageOf));
document.components.push(...[...packages].sort().map(debianComponent));
console.log(JSON.stringify(document, null, 2));
