export {};
//# sourceMappingURL=request-record.js.map