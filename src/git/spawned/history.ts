import type { LogEntry } from '../repo.ts';
import { porcelain } from './porcelain.ts';

export async function history(cwd: string, branchRef: string, limit: number): Promise<LogEntry[]> {
  const { all } = await porcelain(cwd).log({
    format: { id: '%H', date: '%cI', subject: '%s' },
    maxCount: limit,
    [branchRef]: null,
  });
  return all.map(({ id, date, subject }) => ({ id, date: new Date(date), subject }));
}
