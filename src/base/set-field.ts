/** Sets a field whose name somebody else chose: by assignment, `__proto__` would be something else than a field. */
export function setField(data: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') data[name] = value;
  else Object.defineProperty(data, name, { value, enumerable: true, configurable: true, writable: true });
}
