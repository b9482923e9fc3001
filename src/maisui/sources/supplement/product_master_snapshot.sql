SELECT delivered_on AS reported_on, product_code, product_name, product_category, source_file_id, source_line
FROM supplement_product_master
