export {};
//# sourceMappingURL=step-request.js.map