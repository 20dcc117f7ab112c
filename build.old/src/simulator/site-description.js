export {};
//# sourceMappingURL=site-description.js.map