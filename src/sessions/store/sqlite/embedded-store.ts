import { prepareDataFolder, privateFolderOf } from '../../../data-folder.ts';
import { openSqliteRecords, type SqliteRecords } from './sqlite-records.ts';

/**
 * Opens the store in the app's own folder within DATA_DIR.
 * @throws ConfigurationError where the folder cannot be used, or could be by others
 */
export function openEmbeddedStore(
  dataDir: string,
  onWarning: (message: string) => void,
): Promise<SqliteRecords> {
  return openSqliteRecords({
    folder: privateFolderOf(dataDir),
    prepareFolder: () => prepareDataFolder(dataDir),
    onWarning,
  });
}
