"""The page of how customers are to be served: 服务策略."""
