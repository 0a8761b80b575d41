// What may be asked by whom, and what it is called: of the description, as the build found it.
import told from '../../generated/methods.json';
import type { Role } from '../types.ts';
import { toDo } from '../words.ts';

interface Told {
  title: string;
  roles: string[];
  acts: boolean;
}
const METHODS: Record<string, Told> = told;

const nameOf = (method: string): string => method.replace('/', '.');
export const mayAsk = (role: Role, method: string): boolean => METHODS[nameOf(method)]?.roles.includes(role) ?? false;
export const actTitle = (method: string): string => toDo(METHODS[nameOf(method)]?.title ?? method);
export const commands = (): string[] => Object.keys(METHODS).filter((name) => METHODS[name]!.acts);
export const pathOf = (method: string): string => method.replace('.', '/');
