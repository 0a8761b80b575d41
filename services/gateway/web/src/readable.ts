// A refusal as a person reads it: the daemons write for programs too, and name a command by its method, a day as in ISO.
import { actTitle, commands } from './desk/methods.ts';

const titleOf = (name: string): string | undefined => {
  const method = commands().find((m) => m.endsWith(`.${name}`));
  return method && actTitle(method);
};

export function readable(text: string): string {
  return text
    .replace(/\(([A-Z][A-Za-z]+)\)/g, (whole, name: string) => {
      const title = titleOf(name);
      return title ? `(«\u00a0${title}\u00a0»)` : whole;
    })
    .replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, '$3/$2/$1');
}
