export {};
//# sourceMappingURL=servicing-request.js.map