import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'rolldown/utils';

/** What a file takes from another one. */
interface Import {
  target: string;
  /** The name over there; undefined where it takes whatever there is. */
  name: string | undefined;
}

interface Reexport extends Import {
  /** The name here; undefined where everything is passed on. */
  as: string | undefined;
}

interface Module {
  imports: Import[];
  reexports: Reexport[];
}

/** Who imports a file, as if a folder's index.ts were not between: it passes names on, and each is followed alone. */
export type Importers = ReadonlyMap<string, ReadonlySet<string>>;

/** Programs below these folders of the project, from its root. */
export function programFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs|js)$/.test(name) && !name.includes('node_modules'))
      .map((name) => join(folder, name)),
  );
}

/** Reads the imports out of the sources. What is imported for its types alone changes nothing when a program runs. */
export function importersIn(root: string, files: readonly string[]): Importers {
  const modules = new Map(files.map((file) => [file, moduleOf(root, file)]));
  const importers = new Map<string, Set<string>>();
  for (const [file, { imports }] of modules)
    for (const { target, name } of imports)
      for (const definer of definersOf(modules, target, name))
        importers.set(definer, (importers.get(definer) ?? new Set()).add(file));
  return importers;
}

function moduleOf(root: string, file: string): Module {
  const source = readFileSync(join(root, file), 'utf8');
  const { staticImports, staticExports, dynamicImports } = parseSync(file, source).module;
  const ofOurs = ({ target }: Import) => target !== '';
  const imports = staticImports.flatMap(({ moduleRequest, entries }) => {
    const target = targetOf(file, moduleRequest.value);
    const taken = entries.filter(({ isType }) => !isType);
    const names = taken.map(({ importName }) => ({ target, name: nameOf(importName) }));
    return entries.length === 0 ? [{ target, name: undefined }] : names;
  });
  const later = dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    target: targetOf(file, source.slice(start + 1, end - 1)),
    name: undefined,
  }));
  const reexports = staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, exportName, isType }) =>
      moduleRequest && !isType
        ? [
            {
              target: targetOf(file, moduleRequest.value),
              name: nameOf(importName),
              as: nameOf(exportName),
            },
          ]
        : [],
    ),
  );
  return { imports: [...imports, ...later].filter(ofOurs), reexports: reexports.filter(ofOurs) };
}

function targetOf(file: string, specifier: string): string {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : '';
}

function nameOf({ kind, name }: { kind: string; name?: string | null | undefined }): string | undefined {
  return kind === 'Default' ? 'default' : (name ?? undefined);
}

/** The files that a name really comes from; with no name, those of all names. */
function definersOf(
  modules: ReadonlyMap<string, Module>,
  target: string,
  name: string | undefined,
  seen: ReadonlySet<string> = new Set(),
): string[] {
  const module = modules.get(target);
  if (module === undefined || seen.has(target)) return [];
  const further = (found: readonly Reexport[]) =>
    found.flatMap((one) => definersOf(modules, one.target, one.name ?? name, new Set([...seen, target])));
  if (name === undefined) return [target, ...further(module.reexports)];
  const exact = module.reexports.filter((one) => one.as === name);
  if (exact.length > 0) return further(exact);
  return [target, ...further(module.reexports.filter((one) => one.as === undefined))];
}
