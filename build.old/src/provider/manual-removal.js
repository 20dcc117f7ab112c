export {};
//# sourceMappingURL=manual-removal.js.map